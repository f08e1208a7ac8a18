import type { SchedulerService } from '@backstage/backend-plugin-api';
import type { Route } from './http/route';
import type { AnalysisStep } from './tasks/analysis';

/** A slice of the backend as data: what the plugin mounts and runs for it. */
export interface Feature {
  routes: Route[];
  /** What it adds to every analysis. */
  analysisSteps?: AnalysisStep[];
  /** Work that is done again and again while the backend runs. */
  tasks?: Parameters<SchedulerService['scheduleTask']>[0][];
}
