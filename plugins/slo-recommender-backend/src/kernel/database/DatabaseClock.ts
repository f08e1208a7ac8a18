import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { Feature } from '../Feature';
import { isPostgres } from './database';

const INTERVAL_SECONDS = 10;

/** Difference between the clocks from which on it is logged. */
const NOTABLE_MS = 30_000;

/** Returns SQL for the present by the database's clock, or some time after it, as text in ISO 8601. */
export const databaseInstant = (db: Knex, aheadMs = 0) =>
  isPostgres(db)
    ? db.raw(
        `to_char((clock_timestamp() + ? * interval '1 millisecond') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
        [aheadMs],
      )
    : db.raw(`strftime('%Y-%m-%dT%H:%M:%fZ', 'now', ?)`, [
        `${aheadMs / 1_000} seconds`,
      ]);

/**
 * The database's clock, the one that all replicas share: an instant from the clock of a replica can lie in the future of
 * the others. Between measurements the time is carried forward by a clock of the process that is never set.
 */
export class DatabaseClock implements Feature {
  readonly #db: Knex;
  readonly #logger: LoggerService;
  /** Time of the database when `performance.now()` was 0. */
  #originMs = NaN;
  #isApart = false;

  static async start(db: Knex, logger: LoggerService): Promise<DatabaseClock> {
    const clock = new DatabaseClock(db, logger);
    await clock.#measure();
    return clock;
  }

  private constructor(db: Knex, logger: LoggerService) {
    this.#db = db;
    this.#logger = logger;
  }

  readonly now = () => new Date(this.#originMs + performance.now());

  readonly tasks: Feature['tasks'] = [
    {
      id: 'slo-recommender-clock',
      scope: 'local',
      frequency: { seconds: INTERVAL_SECONDS },
      timeout: { seconds: INTERVAL_SECONDS },
      fn: () => this.#measure(),
    },
  ];

  readonly figures: Feature['figures'] = {
    clock: async metrics => metrics.setClockAhead(this.#aheadMs / 1_000),
  };

  /** By how much the clock of this process is ahead. */
  get #aheadMs(): number {
    return Date.now() - this.now().getTime();
  }

  async #measure(): Promise<void> {
    const [{ instant }] = await this.#db.select(
      this.#db.raw('? as instant', [databaseInstant(this.#db)]),
    );
    // as if the answer had taken no time: rather late than ahead of the database
    this.#originMs = Date.parse(instant) - performance.now();
    const isApart = Math.abs(this.#aheadMs) >= NOTABLE_MS;
    if (isApart && !this.#isApart) {
      this.#logger.warn(
        `The clock of this replica is ${Math.round(
          Math.abs(this.#aheadMs) / 1_000,
        )} s ${
          this.#aheadMs > 0 ? 'ahead of' : 'behind'
        } the database's, which is used instead. Check its time synchronisation.`,
      );
    }
    this.#isApart = isApart;
  }
}
