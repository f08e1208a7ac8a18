import type { Operation } from './operation';
import {
  analysisOperations,
  cycleOperations,
  dependencyOperations,
  dependencyReportOperations,
  divergenceOperations,
  errorBudgetOperations,
  eventOperations,
  exclusionOperations,
  fleetCalibrationOperations,
  recommendationOperations,
  serviceOperations,
} from './schemas';

/** Every operation of the API, under the name of the client's method. */
export const operations = {
  ...serviceOperations,
  ...recommendationOperations,
  ...errorBudgetOperations,
  ...dependencyOperations,
  ...dependencyReportOperations,
  ...divergenceOperations,
  ...eventOperations,
  ...exclusionOperations,
  ...fleetCalibrationOperations,
  ...cycleOperations,
  ...analysisOperations,
} satisfies Record<string, Operation>;
