import { DAY_MS } from 'backstage-plugin-slo-recommender-engine';
import { badShare, countsByDay, isKnown, rankedValue, sumOf } from './days';
import { perService } from './Method';

/** Quantile of all windows of the history, one ending with each day. Abstains until a whole window is known. */
export const rollingWindows = perService('rolling-window quantile', past => {
  const days = countsByDay(past);
  const length = past.windowMs / DAY_MS;
  const shares = days
    .map((_, first) => days.slice(first, first + length))
    .filter(window => window.length === length)
    .map(window => badShare(sumOf(window)))
    .filter(isKnown);
  if (shares.length === 0) return null;
  const sorted = Float64Array.from(shares).sort();
  return { quantile: probability => rankedValue(sorted, probability) };
});
