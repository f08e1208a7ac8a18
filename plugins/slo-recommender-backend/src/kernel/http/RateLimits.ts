import { createHash } from 'crypto';
import type { Knex } from 'knex';
import {
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
  RateLimiterSQLite,
  type RateLimiterStoreAbstract,
} from 'rate-limiter-flexible';
import { isPostgres } from '../database/database';
import type { Feature, Kernel } from '../Feature';
import { retentionTask } from '../tasks/retentionTask';
import { TooManyRequestsError } from './TooManyRequestsError';

const TABLE = 'rate_limits';
const WINDOW_SECONDS = 60;

/** Limits calls of expensive operations by caller, counted in the database that replicas share. */
export class RateLimits implements Feature {
  readonly tasks: Feature['tasks'];
  readonly #limiters: ReadonlyMap<string, RateLimiterStoreAbstract>;

  constructor(kernel: Pick<Kernel, 'config' | 'database' | 'logger' | 'now'>) {
    const { config, database } = kernel;
    this.#limiters = new Map(
      Object.entries(config.rateLimits).map(([operationId, perMinute]) => [
        operationId,
        createLimiter(database, operationId, perMinute),
      ]),
    );
    this.tasks = [
      retentionTask(
        'rate-limits',
        now => database(TABLE).where('expire', '<', now.getTime()).delete(),
        kernel,
      ),
    ];
  }

  /**
   * Counts a call.
   *
   * @throws TooManyRequestsError if the caller has made as many calls of the operation in a minute as are allowed.
   */
  async count(operationId: string, caller: string): Promise<void> {
    const limiter = this.#limiters.get(operationId);
    if (!limiter) return;
    try {
      await limiter.consume(createHash('sha256').update(caller).digest('hex'));
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const retryAfterSeconds = Math.max(
        1,
        Math.ceil(refusal.msBeforeNext / 1_000),
      );
      throw new TooManyRequestsError(
        `You have called ${operationId} ${limiter.points} times in a minute. Call it again in ${retryAfterSeconds} s, or do more in one call. Those who run the portal set the limit: sloRecommender.rateLimits.${operationId}.`,
        { retryAfterSeconds },
      );
    }
  }
}

function createLimiter(
  database: Knex,
  operationId: string,
  perMinute: number,
): RateLimiterStoreAbstract {
  const window = {
    keyPrefix: operationId,
    points: perMinute,
    duration: WINDOW_SECONDS,
  };
  const options = {
    ...window,
    storeClient: database,
    storeType: 'knex',
    tableName: TABLE,
    tableCreated: true,
    clearExpiredByTimeout: false,
    // each replica counts by itself while the database does not answer
    insuranceLimiter: new RateLimiterMemory(window),
  };
  return isPostgres(database)
    ? new RateLimiterPostgres(options)
    : new RateLimiterSQLite(options);
}
