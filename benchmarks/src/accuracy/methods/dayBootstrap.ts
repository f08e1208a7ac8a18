import { createRandom, DAY_MS } from 'backstage-plugin-slo-recommender-engine';
import { countsByDay, rankedValue, sumOf } from './days';
import { perService } from './Method';

const REPLICATES = 500;
const SEED = 19_790_107;

/** Windows put together of whole days of the history, drawn with replacement (Efron 1979). */
export const dayBootstrap = perService('plain block bootstrap, days', past => {
  const days = countsByDay(past);
  if (sumOf(days).total === 0) return null;
  const random = createRandom(SEED);
  const shares = Float64Array.from({ length: REPLICATES }, () => {
    let total = 0;
    let bad = 0;
    for (let i = 0; i < past.windowMs / DAY_MS; i++) {
      const day = days[Math.floor(random() * days.length)];
      total += day.total;
      bad += day.bad;
    }
    return total > 0 ? bad / total : 0;
  }).sort();
  return { quantile: probability => rankedValue(shares, probability) };
});
