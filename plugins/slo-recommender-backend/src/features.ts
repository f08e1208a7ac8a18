import type {
  AuthService,
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { DependencySource } from 'backstage-plugin-slo-recommender-node';
import type { Knex } from 'knex';
import {
  type AnalysesFeature,
  AnalysisStore,
  createAnalysesFeature,
} from './analyses';
import { createBudgetFeature } from './budget';
import { type Catalog, createCatalog } from './catalog';
import {
  createDependenciesFeature,
  DependencyStore,
  withSeenNames,
} from './dependencies';
import { createEventsFeature, EventStore } from './events';
import { createExclusionsFeature, ExclusionStore } from './exclusions';
import { createFleet } from './fleet';
import type { SloRecommenderConfig } from './kernel/config/readSloRecommenderConfig';
import type { Feature } from './kernel/Feature';
import type { Metrics } from './kernel/metrics/Metrics';
import { LeaseStore } from './kernel/tasks/LeaseStore';
import {
  CalibrationStore,
  createRecommendationsFeature,
  ResultStore,
} from './recommendations';
import { createTelemetry, type TelemetrySources } from './telemetry';

/** Time after which a replica that died is replaced by another one. */
const LEASE_MS = 20_000;

export interface FeaturesOptions {
  auth: AuthService;
  catalog: CatalogService;
  config: SloRecommenderConfig;
  /** With its tables up to date. */
  database: Knex;
  logger: LoggerService;
  metrics: Metrics;
  permissions: PermissionsService;
  sources: TelemetrySources;
  /** Those that modules add until the backend starts; read when it runs. */
  dependencySources: readonly DependencySource[];
  /** Distinguishes this process from other replicas. */
  replicaId: string;
  now: () => Date;
}

export interface Features {
  /** In the order of the slices. */
  all: Feature[];
  catalog: Catalog;
  analyses: AnalysesFeature;
}

/** Creates the slices of the backend, each with the parts of those before it. */
export function createFeatures(options: FeaturesOptions): Features {
  const { config, database, dependencySources, logger, metrics, sources, now } =
    options;
  const kernel = { config, database, logger, metrics, now };

  const dependencies = new DependencyStore(database, now);
  const catalog = createCatalog(kernel, {
    auth: options.auth,
    catalog: options.catalog,
    dependencies,
    permissions: options.permissions,
  });
  const telemetry = createTelemetry(kernel, {
    sources,
    withNames: (services, observed, all) =>
      withSeenNames(services, observed, all, config.dependencies.aliasRules),
  });
  const parts = {
    ...kernel,
    analyses: new AnalysisStore(database),
    calibrations: new CalibrationStore(database),
    catalogSync: catalog.sync,
    dataQuality: telemetry.dataQuality,
    dependencies,
    entities: catalog.entities,
    others: catalog.others,
    events: new EventStore(database),
    exclusions: new ExclusionStore(database),
    history: telemetry.history,
    leases: new LeaseStore(database, { metrics, durationMs: LEASE_MS }),
    results: new ResultStore(database),
    sources,
    statuses: telemetry.statuses,
    telemetrySync: telemetry.sync,
    visibility: catalog.visibility,
  };
  const dependenciesFeature = createDependenciesFeature({
    ...parts,
    dependencySources,
    // the current results are read with the graph, in one transaction
    readFigures: tx => new ResultStore(tx).listCurrent(),
    statuses: telemetry.statusStore,
  });
  const slices = [
    catalog,
    telemetry,
    createEventsFeature(parts),
    createExclusionsFeature(parts),
    dependenciesFeature,
    createRecommendationsFeature(parts),
    createFleet(parts, parts),
    createBudgetFeature(parts),
  ];
  const analyses = createAnalysesFeature({
    ...parts,
    dependencySources: dependenciesFeature,
    holder: options.replicaId,
    steps: slices.flatMap(({ analysisSteps = [] }) => analysisSteps),
  });
  return { all: [...slices, analyses], catalog, analyses };
}
