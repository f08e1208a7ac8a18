import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { SloRecommenderConfig } from './config/readSloRecommenderConfig';
import type { Route } from './http/route';
import type { AnalysisStep } from './tasks/analysis';

/** Work that is done again and again while the backend runs. */
export type Task = Parameters<SchedulerService['scheduleTask']>[0];

/** What every slice builds on. */
export interface Kernel {
  config: SloRecommenderConfig;
  database: Knex;
  logger: LoggerService;
  now: () => Date;
}

/** A slice of the backend as data: what the plugin mounts and runs for it. */
export interface Feature {
  routes?: Route[];
  /** What it adds to every analysis. Steps of one stage run in the order of the slices. */
  analysisSteps?: AnalysisStep[];
  tasks?: Task[];
  /** Ends its work when the backend shuts down. */
  stop?(): Promise<void>;
}
