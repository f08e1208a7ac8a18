import type {
  AuthService,
  DatabaseService,
  LoggerService,
  PermissionsService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { DependencySource } from 'backstage-plugin-slo-recommender-node';
import {
  type AnalysesFeature,
  AnalysisStore,
  createAnalysesFeature,
} from './analyses';
import {
  CalibrationStore,
  createRecommendationsFeature,
  ResultStore,
} from './recommendations';
import { createBudgetFeature } from './budget';
import { createCatalog } from './catalog';
import { createEventsFeature, EventStore } from './events';
import { createExclusionsFeature, ExclusionStore } from './exclusions';
import type { SloRecommenderConfig } from './kernel/config/readSloRecommenderConfig';
import { createFleet } from './fleet';
import type { Feature, Kernel } from './kernel/Feature';
import type { RouterServices } from './kernel/http/createRouter';
import type { Route } from './kernel/http/route';
import {
  createDependenciesFeature,
  DependencyStore,
  withSeenNames,
} from './dependencies';
import {
  DataQualityStore,
  DatasourceStatuses,
  DatasourceStatusStore,
  FetchedCallsStore,
  fetchTelemetry,
  HourlyHistoryStore,
  type TelemetrySources,
  TelemetrySync,
} from './telemetry';
import { openDatabase } from './kernel/database/database';
import { LeaseStore } from './kernel/tasks/LeaseStore';

/** Time after which the work of a replica that died is taken up. */
const LEASE_MS = 20_000;

export interface SloRecommenderServiceOptions {
  auth: AuthService;
  catalog: CatalogService;
  config: SloRecommenderConfig;
  database: DatabaseService;
  logger: LoggerService;
  permissions: PermissionsService;
  sources: TelemetrySources;
  /** What modules brought until the backend starts; read when it runs. */
  dependencySources: readonly DependencySource[];
  /** Distinguishes this process from other replicas. */
  replicaId: string;
  now: () => Date;
}

/** The parts of the backend, put together. */
export class SloRecommenderService {
  readonly routes: Route[];
  readonly queue: AnalysesFeature['queue'];
  readonly requireService: RouterServices['requireService'];
  readonly #analyses: AnalysesFeature;
  readonly #features: Feature[];
  readonly #shutdown: AbortController;

  static async create(
    options: SloRecommenderServiceOptions,
  ): Promise<SloRecommenderService> {
    const { config, logger, sources, now } = options;
    const database = await openDatabase(options.database);
    const kernel: Kernel = { config, database, logger, now };
    const dependencies = new DependencyStore(database, now);
    const catalog = createCatalog(kernel, {
      auth: options.auth,
      catalog: options.catalog,
      dependencies,
      permissions: options.permissions,
    });
    const { entities, visibility } = catalog;
    const history = new HourlyHistoryStore(database);
    const dataQuality = new DataQualityStore(database);
    const statusStore = new DatasourceStatusStore(database);
    const analyses = new AnalysisStore(database);
    const results = new ResultStore(database);
    const events = new EventStore(database);
    const exclusions = new ExclusionStore(database);
    const calibrations = new CalibrationStore(database);
    const leases = new LeaseStore(database, { now, durationMs: LEASE_MS });
    const statuses = new DatasourceStatuses(sources, statusStore);
    const dependenciesFeature = createDependenciesFeature({
      config,
      database,
      dependencies,
      dependencySources: options.dependencySources,
      entities,
      logger,
      // the current results are read with the graph, in one transaction
      readFigures: tx => new ResultStore(tx).listCurrent(),
      sources,
      statuses: statusStore,
      visibility,
      now,
    });
    const shutdown = new AbortController();

    const telemetrySync = new TelemetrySync({
      sources,
      history,
      dataQuality,
      fetchedCalls: new FetchedCallsStore(database),
      statuses: statusStore,
      logger,
      now,
    });
    const features: Feature[] = [
      createEventsFeature({ config, events, now }),
      createExclusionsFeature({ config, exclusions, history, now }),
      dependenciesFeature,
      createRecommendationsFeature({
        config,
        database,
        calibrations,
        dataQuality,
        dependencies,
        events,
        exclusions,
        history,
        results,
        sources,
        statuses,
        telemetrySync,
        now,
      }),
      createFleet(kernel, { entities, results, statuses, sources, visibility }),
      createBudgetFeature({ config, results, history, statuses, now }),
    ];
    const analysesFeature = createAnalysesFeature({
      config,
      database,
      analyses,
      catalogSync: catalog.sync,
      dependencies,
      dependencySources: dependenciesFeature,
      entities,
      events,
      history,
      leases,
      logger,
      results,
      sources,
      statuses,
      visibility,
      now,
      holder: options.replicaId,
      shutdownSignal: shutdown.signal,
      steps: [
        ...catalog.analysisSteps,
        fetchTelemetry({
          config,
          telemetrySync,
          withNames: (services, observed, all) =>
            withSeenNames(
              services,
              observed,
              all,
              config.dependencies.aliasRules,
            ),
          now,
        }),
        ...features.flatMap(({ analysisSteps = [] }) => analysisSteps),
      ],
    });
    features.push(analysesFeature);
    return new SloRecommenderService({
      analyses: analysesFeature,
      features,
      shutdown,
      requireService: catalog.requireService,
      routes: features.flatMap(({ routes = [] }) => routes),
    });
  }

  private constructor(parts: {
    routes: Route[];
    analyses: AnalysesFeature;
    features: Feature[];
    requireService: RouterServices['requireService'];
    shutdown: AbortController;
  }) {
    this.routes = parts.routes;
    this.queue = parts.analyses.queue;
    this.requireService = parts.requireService;
    this.#analyses = parts.analyses;
    this.#features = parts.features;
    this.#shutdown = parts.shutdown;
  }

  /** Begins the scheduled work. */
  async start(scheduler: SchedulerService): Promise<void> {
    for (const task of this.#features.flatMap(({ tasks = [] }) => tasks)) {
      await scheduler.scheduleTask(task);
    }
  }

  /** Ends the scheduled work; an analysis that was cut off is begun anew by whoever takes its lease. */
  async stop(): Promise<void> {
    this.#shutdown.abort();
    await this.#analyses.settle();
  }
}
