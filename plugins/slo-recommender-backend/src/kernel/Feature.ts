import type { Route } from './http/route';
import type { AnalysisStep } from './tasks/analysis';

/** A slice of the backend as data: what the plugin mounts and runs for it. */
export interface Feature {
  routes: Route[];
  analysisSteps?: AnalysisStep[];
}
