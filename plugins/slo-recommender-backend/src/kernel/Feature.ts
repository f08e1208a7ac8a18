import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { SloRecommenderConfig } from './config/readSloRecommenderConfig';
import type { Route } from './http/route';
import type { Metrics } from './metrics/Metrics';
import type { AnalysisStep } from './tasks/analysis';

/** Work that is done again and again while the backend runs. */
export type Task = Parameters<SchedulerService['scheduleTask']>[0];

/** What every slice builds on. */
export interface Kernel {
  config: SloRecommenderConfig;
  database: Knex;
  logger: LoggerService;
  metrics: Metrics;
  /** The time by the database's clock. */
  now: () => Date;
}

/** Sets metrics before a scrape, by a short name of what they are about. */
export type FigureReaders = Record<string, (metrics: Metrics) => Promise<void>>;

/** A slice of the backend as data: what the plugin mounts and runs for it. */
export interface Feature {
  routes?: Route[];
  /** What it adds to every analysis. Steps of one stage run in the order of the slices. */
  analysisSteps?: AnalysisStep[];
  tasks?: Task[];
  /** What it reads for `GET /metrics`. */
  figures?: FigureReaders;
  /** Ends its work when the backend shuts down. */
  stop?(): Promise<void>;
}
