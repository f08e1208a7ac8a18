import { dayBootstrap } from './dayBootstrap';
import type { Method } from './Method';
import { ours, oursOnWholeHistory, oursUncalibrated } from './ours';
import { dailyPercentile, flooredMean, lastAchieved } from './pointMethods';
import { rollingWindows } from './rollingWindows';
import { wilsonBound } from './wilsonBound';

export { rankedValue } from './days';
export type { Forecast, Method, ServicePast } from './Method';
export {
  CALIBRATION_COMPARED,
  FORESIGHT,
  NOTHING_ELSE,
  OURS,
  studyAsAnalysed,
} from './ours';

export const METHODS: readonly Method[] = [
  ours,
  oursUncalibrated,
  oursOnWholeHistory,
  lastAchieved,
  dailyPercentile(1),
  dailyPercentile(5),
  flooredMean,
  wilsonBound,
  rollingWindows,
  dayBootstrap,
];
