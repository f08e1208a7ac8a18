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
  analysesRoutes,
  AnalysisQueue,
  AnalysisRunner,
  AnalysisSchedule,
  AnalysisStore,
  AnalysisWorker,
  StatusReader,
} from './analyses';
import {
  CalibrationStore,
  EmptyAnswers,
  FleetCalibrationReader,
  FleetCalibrations,
  RecommendationsReader,
  recommendationsRoutes,
  recommendationSteps,
  ResultStore,
  ServiceStudies,
} from './recommendations';
import { createBudgetFeature } from './budget';
import { CatalogSync, readServices } from './catalog';
import { createEventsFeature, EventStore } from './events';
import { createExclusionsFeature, ExclusionStore } from './exclusions';
import type { SloRecommenderConfig } from './kernel/config/readSloRecommenderConfig';
import type { Feature } from './kernel/Feature';
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
import { ServicesReader, Visibility } from './read';
import { EntityStore, FleetStore, VisibleSetStore } from './store';
import { openDatabase } from './kernel/database/database';
import { LeaseStore } from './kernel/tasks/LeaseStore';
import { servicesRoutes } from './router';

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
  readonly queue: AnalysisQueue;
  readonly requireService: RouterServices['requireService'];
  readonly #schedule: AnalysisSchedule;
  readonly #worker: AnalysisWorker;
  readonly #shutdown: AbortController;

  static async create(
    options: SloRecommenderServiceOptions,
  ): Promise<SloRecommenderService> {
    const { auth, catalog, config, logger, permissions, sources, now } =
      options;
    const database = await openDatabase(options.database);
    const entities = new EntityStore(database);
    const dependencies = new DependencyStore(database, now);
    const visibility = new Visibility({
      catalog,
      permissions,
      sets: new VisibleSetStore(database, now),
    });
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
      sources,
      statuses: statusStore,
      visibility,
      now,
    });
    const features: Feature[] = [
      createEventsFeature({ config, events, now }),
      createExclusionsFeature({ config, exclusions, history, now }),
      dependenciesFeature,
      createBudgetFeature({ config, results, history, statuses, now }),
    ];
    const shutdown = new AbortController();

    const catalogSync = new CatalogSync({
      catalog,
      auth,
      logger,
      database,
      entities,
      dependencies,
      optIn: config.optIn,
      now,
    });
    const telemetrySync = new TelemetrySync({
      sources,
      history,
      dataQuality,
      fetchedCalls: new FetchedCallsStore(database),
      statuses: statusStore,
      logger,
      now,
    });
    const worker = new AnalysisWorker({
      analyses,
      results,
      leases,
      logger,
      now,
      holder: options.replicaId,
      shutdownSignal: shutdown.signal,
      runner: new AnalysisRunner({
        database,
        analyses,
        leases,
        steps: [
          readServices(catalogSync),
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
          ...recommendationSteps({
            calibrations: new FleetCalibrations({
              config,
              calibrations,
              dependencies,
            }),
            emptyAnswers: new EmptyAnswers({ telemetrySync, history }),
            results,
            sources,
            studies: new ServiceStudies({
              database,
              config,
              sources,
              history,
              dataQuality,
              events,
              exclusions,
            }),
          }),
        ],
        now,
      }),
    });
    const queue = new AnalysisQueue({
      analyses,
      entities,
      catalogSync,
      now,
      wake: () => void worker.drain(),
    });
    const services = new ServicesReader({
      entities,
      results,
      statuses,
      sources,
      visibility,
      fleet: new FleetStore(database),
    });
    return new SloRecommenderService({
      worker,
      queue,
      shutdown,
      requireService: (entityRef, credentials) =>
        services.require(entityRef, credentials),
      schedule: new AnalysisSchedule({
        catalogSync,
        analyses,
        results,
        database,
        dependencies,
        events,
        history,
        queue,
        logger,
        now,
        config,
        sources,
        statuses,
      }),
      routes: [
        ...servicesRoutes(services),
        ...recommendationsRoutes({
          calibrations: new FleetCalibrationReader(calibrations),
          recommendations: new RecommendationsReader({
            config,
            results,
            history,
            statuses,
            now,
          }),
        }),
        ...features.flatMap(({ routes }) => routes),
        ...analysesRoutes({
          queue,
          visibility,
          status: new StatusReader({
            config,
            entities,
            analyses,
            results,
            statuses,
            dependencies: dependenciesFeature,
          }),
        }),
      ],
    });
  }

  private constructor(parts: {
    routes: Route[];
    queue: AnalysisQueue;
    requireService: RouterServices['requireService'];
    schedule: AnalysisSchedule;
    worker: AnalysisWorker;
    shutdown: AbortController;
  }) {
    this.routes = parts.routes;
    this.queue = parts.queue;
    this.requireService = parts.requireService;
    this.#schedule = parts.schedule;
    this.#worker = parts.worker;
    this.#shutdown = parts.shutdown;
  }

  /** Begins the scheduled work. */
  async start(scheduler: SchedulerService): Promise<void> {
    await scheduler.scheduleTask({
      id: 'slo-recommender-schedule',
      scope: 'global',
      frequency: { seconds: 5 },
      timeout: { minutes: 5 },
      fn: () => this.#schedule.tick(),
    });
    // every replica looks for work: the lease decides which one does it
    await scheduler.scheduleTask({
      id: 'slo-recommender-analyses',
      scope: 'local',
      frequency: { seconds: 5 },
      timeout: { hours: 2 },
      fn: () => this.#worker.drain(),
    });
  }

  /** Ends the scheduled work; an analysis that was cut off is begun anew by whoever takes its lease. */
  async stop(): Promise<void> {
    this.#shutdown.abort();
    await this.#worker.drain();
  }
}
