import { countsByDay, sumOf } from './days';
import { perService } from './Method';
import { normalQuantile } from './normalQuantile';

/** Upper bound of the failure ratio, all requests of the history taken for independent (Wilson 1927). */
export const wilsonBound = perService('Wilson bound of pooled counts', past => {
  const { total, bad } = sumOf(countsByDay(past));
  if (total === 0) return null;
  return {
    quantile(probability) {
      const z = normalQuantile(probability);
      const share = bad / total;
      const spread = Math.sqrt(
        (share * (1 - share)) / total + z ** 2 / (4 * total ** 2),
      );
      return (share + z ** 2 / (2 * total) + z * spread) / (1 + z ** 2 / total);
    },
  };
});
