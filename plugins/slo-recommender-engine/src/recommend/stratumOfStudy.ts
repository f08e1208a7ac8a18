import { stratumOf, type Stratum } from '../calibrate';
import type { SliStudy } from '../study';

/** The stratum of the prediction of the next window, by the history that it rests on. */
export function stratumOfStudy({
  windowMs,
  expectedRequests,
  presentDays,
}: SliStudy): Stratum {
  return stratumOf({
    windowMs,
    usualRequests: expectedRequests,
    historyDays: presentDays,
  });
}
