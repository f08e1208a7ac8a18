import type { Dialect } from '../dialects';
import type { DayCounts } from './dayCounts';
import type { Review } from './review';

/** The last day of all names together; undefined where the dialect was not reviewed or knows none of them. */
export function dayOf(
  id: Dialect['id'],
  names: readonly string[],
  { services }: Review,
): DayCounts | undefined {
  const review = services.find(({ dialect }) => dialect.id === id);
  const days = names.flatMap(name => review?.services.get(name) ?? []);
  return days.length === 0
    ? undefined
    : days.reduce((sum, day) => ({
        requests: sum.requests + day.requests,
        failures: sum.failures + day.failures,
        firstFailures: sum.firstFailures + day.firstFailures,
        unpaired: sum.unpaired + day.unpaired,
      }));
}
