import { stringifyError } from '@backstage/errors';
import type { Kernel, Task } from '../Feature';
import { HOUR_MS } from '../time/hours';

/**
 * A task that deletes data past their retention: every hour, and again after a minute if it failed.
 *
 * @param subject - the data, for the task's ID and the log, for example `events`.
 */
export function retentionTask(
  subject: string,
  deleteOld: (now: Date) => Promise<unknown>,
  { logger, now }: Pick<Kernel, 'logger' | 'now'>,
): Task {
  let dueAtMs = 0;
  return {
    id: `slo-recommender-retention-${subject}`,
    scope: 'global',
    frequency: { minutes: 1 },
    timeout: { minutes: 5 },
    async fn() {
      const startedAt = now();
      if (startedAt.getTime() < dueAtMs) return;
      try {
        await deleteOld(startedAt);
        dueAtMs = startedAt.getTime() + HOUR_MS;
      } catch (error) {
        logger.warn(
          `Data past their retention could not be deleted, it is tried again: ${subject}: ${stringifyError(error)}`,
        );
      }
    },
  };
}
