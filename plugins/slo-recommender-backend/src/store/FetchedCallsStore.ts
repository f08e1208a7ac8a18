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

type JsonCalls = Omit<ObservedDependency, 'firstSeenAt' | 'lastSeenAt'> & {
  firstSeenAt: string;
  lastSeenAt: string;
};

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** Calls between services that a run has fetched, kept until it ends: one that is cut off does not ask again. */
export class FetchedCallsStore {
  readonly #db: Knex;

  constructor(db: Knex) {
    this.#db = db;
  }

  async save(
    datasourceId: string,
    range: HourRange,
    calls: ObservedDependency[],
  ): Promise<void> {
    await this.#db<RawDbFetchedCallsRow>('fetched_calls')
      .insert({
        datasource_id: datasourceId,
        range_from: range.from.toISOString(),
        range_to: range.to.toISOString(),
        calls: await compress(JSON.stringify(calls)),
      })
      .onConflict('datasource_id')
      .merge();
  }

  /** What a run that was cut off had fetched of exactly this range. */
  async load(
    datasourceId: string,
    range: HourRange,
  ): Promise<ObservedDependency[] | undefined> {
    const row = await this.#db<RawDbFetchedCallsRow>('fetched_calls')
      .where({
        datasource_id: datasourceId,
        range_from: range.from.toISOString(),
        range_to: range.to.toISOString(),
      })
      .first();
    if (!row) return undefined;
    const calls: JsonCalls[] = JSON.parse(
      (await decompress(row.calls)).toString(),
    );
    return calls.map(call => ({
      ...call,
      firstSeenAt: new Date(call.firstSeenAt),
      lastSeenAt: new Date(call.lastSeenAt),
    }));
  }

  /** Forgets them: the run has ended. */
  async clear(datasourceId: string): Promise<void> {
    await this.#db<RawDbFetchedCallsRow>('fetched_calls')
      .where({ datasource_id: datasourceId })
      .delete();
  }
}
