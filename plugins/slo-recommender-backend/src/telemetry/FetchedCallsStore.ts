import { promisify } from 'util';
import { gunzip, gzip } from 'zlib';
import type {
  HourRange,
  ObservedDependency,
} from 'backstage-plugin-slo-recommender-node';
import type { Knex } from 'knex';

interface RawDbFetchedCallsRow {
  datasource_id: string;
  range_from: string;
  range_to: string;
  calls: Buffer;
}

/** Calls between two names that may be kept. */
export interface SeenCalls extends ObservedDependency {
  /** How many names one of the ends stands for; undefined if both are services. */
  names?: number;
}

type JsonCall = Omit<SeenCalls, 'firstSeenAt' | 'lastSeenAt'> & {
  firstSeenAt: string;
  lastSeenAt: string;
};

/** What a run has fetched before the counts. */
export interface FetchedCalls {
  /** What the source has learnt, in its own words; undefined where it says nothing of that. */
  survey?: string;
  calls: SeenCalls[];
}

interface JsonFetchedCalls {
  survey?: string;
  calls: JsonCall[];
}

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/**
 * Calls between services that a run has fetched, and what was learnt of the datasource, kept until the run ends: one
 * that is cut off does not ask again.
 */
export class FetchedCallsStore {
  readonly #db: Knex;

  constructor(db: Knex) {
    this.#db = db;
  }

  async save(
    datasourceId: string,
    range: HourRange,
    fetched: FetchedCalls,
  ): Promise<void> {
    await this.#db<RawDbFetchedCallsRow>('fetched_calls')
      .insert({
        datasource_id: datasourceId,
        range_from: range.from.toISOString(),
        range_to: range.to.toISOString(),
        calls: await compress(JSON.stringify(fetched)),
      })
      .onConflict('datasource_id')
      .merge();
  }

  /** What a run that was cut off had fetched of exactly this range. */
  async load(
    datasourceId: string,
    range: HourRange,
  ): Promise<FetchedCalls | undefined> {
    const row = await this.#db<RawDbFetchedCallsRow>('fetched_calls')
      .where({
        datasource_id: datasourceId,
        range_from: range.from.toISOString(),
        range_to: range.to.toISOString(),
      })
      .first();
    if (!row) return undefined;
    const { survey, calls }: JsonFetchedCalls = JSON.parse(
      (await decompress(row.calls)).toString(),
    );
    return {
      survey,
      calls: calls.map(call => ({
        ...call,
        firstSeenAt: new Date(call.firstSeenAt),
        lastSeenAt: new Date(call.lastSeenAt),
      })),
    };
  }

  /** Forgets them: the run has ended. */
  async clear(datasourceId: string): Promise<void> {
    await this.#db<RawDbFetchedCallsRow>('fetched_calls')
      .where({ datasource_id: datasourceId })
      .delete();
  }
}
