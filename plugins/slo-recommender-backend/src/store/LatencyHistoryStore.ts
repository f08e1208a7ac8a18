import {
  HistogramHours,
  type HourlyLatencies,
  type HourRange,
} from 'backstage-plugin-slo-recommender-node';
import type { Knex } from 'knex';
import { inBatches, REFS_PER_STATEMENT } from '../kernel/database/database';
import {
  countDays,
  DAY_MS,
  daysTouched,
  dayText,
  floorToDay,
  HOUR_MS,
} from '../kernel/time/hours';
import { HOURS_PER_DAY } from './packedDay';
import {
  addHours,
  type DayHistograms,
  isPlausibleHistogram,
  packHistograms,
  unpackHistograms,
  visitHistograms,
} from './packedHistograms';
import type { DayCoverage } from './SliHistoryStore';
import {
  yieldToEventLoop,
  inYieldingBatches,
} from '../kernel/concurrency/yieldToEventLoop';
import { SerialQueue } from '../kernel/concurrency/SerialQueue';
import { upsertRows } from './upsertRows';

/** Rows that are in memory at a time while they are written. */
const ROWS_PER_TRANSACTION = 1_000;

/** Rows that are unpacked before other work of the process may run. */
const ROWS_PER_TURN = 16;

/** Rows that are read at a time: SQLite reads on the thread of the portal, which must not stand still. */
const ROWS_READ_AT_ONCE = 250;

/** Latencies of one service as a datasource gave them. */
export interface FetchedLatencies {
  entityRef: string;
  /** Datasource and names that were asked; histograms of another key are overwritten, not mixed. */
  sourceKey: string;
  /** Undefined where the datasource knows nothing of them. */
  latencies: HourlyLatencies | undefined;
}

/** Requests per hour by how long they took. */
export interface LatencyHistory {
  startMs: number;
  /** Upper bounds of the buckets in seconds, ascending; the last bucket has none. */
  boundsSeconds: Float64Array;
  /** By bucket, one more than there are bounds, and by hour: requests in that bucket alone; NaN where unknown. */
  counts: Float64Array[];
}

/** What is stored of one service in a range of days. */
export interface StoredLatencies {
  history: LatencyHistory;
  /** Metric family of the newest histograms. */
  evidence: string | null;
}

/** Histograms of one service and day, as they lie in the database. */
interface RawDbLatencyRow {
  entity_ref: string;
  day: string;
  source_key: string;
  evidence: string | null;
  histograms: Buffer;
  asked_hours: number;
  known_hours: number;
  asked_at: string;
}

const LATENCY_HISTORY = {
  table: 'latency_history',
  columns: [
    'entity_ref',
    'day',
    'source_key',
    'evidence',
    'histograms',
    'asked_hours',
    'known_hours',
    'asked_at',
  ],
  key: ['entity_ref', 'day'],
} as const satisfies {
  table: string;
  columns: (keyof RawDbLatencyRow)[];
  key: (keyof RawDbLatencyRow)[];
};

/** Hourly latency histograms, packed into one row per service and day. */
export class LatencyHistoryStore {
  readonly #db: Knex;
  readonly #writing = new SerialQueue();

  constructor(db: Knex) {
    this.#db = db;
  }

  /**
   * Stores the histograms of one range, and that every hour of it was asked for. What is known stays: only another
   * source key takes it away. Hours that cannot be what was measured are unknown.
   */
  write(
    range: HourRange,
    fetched: FetchedLatencies[],
    askedAt: Date,
  ): Promise<void> {
    // two ranges may share a day, whose row is read, added to and written
    return this.#writing.run(() => this.#write(range, fetched, askedAt));
  }

  async #write(
    range: HourRange,
    fetched: FetchedLatencies[],
    askedAt: Date,
  ): Promise<void> {
    const servicesAtOnce = Math.max(
      1,
      Math.floor(ROWS_PER_TRANSACTION / countDays(range)),
    );
    for (const batch of inBatches(fetched, servicesAtOnce)) {
      await this.#db.transaction(async tx => {
        const present = await this.#presentDays(tx, range, batch);
        const rows: RawDbLatencyRow[] = [];
        for (const one of batch) {
          for (
            let dayMs = floorToDay(range.from.getTime());
            dayMs < range.to.getTime();
            dayMs += DAY_MS
          ) {
            const old = present.get(`${one.entityRef} ${dayText(dayMs)}`);
            rows.push(
              withFetched(
                old?.source_key === one.sourceKey ? old : undefined,
                { dayMs, range, askedAt },
                one,
              ),
            );
            await yieldToEventLoop();
          }
        }
        await upsertRows(tx, LATENCY_HISTORY, rows);
      });
    }
  }

  /** What was asked for and found, by service and day, for the days that touch the range. */
  async coverage(
    entityRefs: string[],
    range: HourRange,
  ): Promise<DayCoverage[]> {
    const coverage: DayCoverage[] = [];
    const columns = [
      'entity_ref',
      'day',
      'source_key',
      'asked_hours',
      'known_hours',
      'asked_at',
    ] as const;
    await this.#eachRow(entityRefs, range, columns, row => {
      coverage.push({
        entityRef: row.entity_ref,
        dayMs: Date.parse(row.day),
        sourceKey: row.source_key,
        askedHours: row.asked_hours,
        knownHours: row.known_hours,
        askedAt: new Date(row.asked_at),
      });
    });
    return coverage;
  }

  /**
   * The stored histograms of the range, in the buckets whose bounds the days share; hours that are not stored, or were
   * measured in buckets of another kind, are unknown. Services of which nothing is known are left out.
   */
  async read(
    entityRefs: string[],
    range: HourRange,
  ): Promise<Map<string, StoredLatencies>> {
    const startMs = range.from.getTime();
    const length = (range.to.getTime() - startMs) / HOUR_MS;
    const found = new Map<
      string,
      { hours: HistogramHours; evidence: string | null }
    >();
    const columns = ['entity_ref', 'day', 'evidence', 'histograms'] as const;
    await this.#eachRow(entityRefs, range, columns, row => {
      const service = found.get(row.entity_ref) ?? {
        hours: new HistogramHours(length),
        evidence: null,
      };
      found.set(row.entity_ref, service);
      const offset = (Date.parse(row.day) - startMs) / HOUR_MS;
      visitHistograms(row.histograms, (hour, boundsSeconds, counts) => {
        const index = offset + hour;
        if (index < 0 || index >= length) return;
        service.hours.add(index, boundsSeconds, counts);
      });
      service.evidence = row.evidence ?? service.evidence;
    });
    const stored = new Map<string, StoredLatencies>();
    for (const [entityRef, { hours, evidence }] of found) {
      const known = hours.inCommonBuckets();
      if (known) {
        stored.set(entityRef, { history: { startMs, ...known }, evidence });
      }
    }
    return stored;
  }

  /** Lets the hours of the range that are not known be asked for again at the next opportunity. */
  async askAgain(entityRefs: string[], range: HourRange): Promise<void> {
    for (const refs of inBatches(entityRefs, REFS_PER_STATEMENT)) {
      await this.#db<RawDbLatencyRow>('latency_history')
        .whereIn('entity_ref', refs)
        .whereBetween('day', daysTouched(range))
        .update({ asked_hours: 0 });
    }
  }

  /** Forgets what was fetched last before the instant given. Returns the number of rows removed. */
  async deleteAskedBefore(instant: Date): Promise<number> {
    return this.#db<RawDbLatencyRow>('latency_history')
      .where('asked_at', '<', instant.toISOString())
      .delete();
  }

  async #presentDays(
    tx: Knex,
    range: HourRange,
    fetched: FetchedLatencies[],
  ): Promise<Map<string, RawDbLatencyRow>> {
    const rows = await tx<RawDbLatencyRow>('latency_history')
      .whereIn(
        'entity_ref',
        fetched.map(({ entityRef }) => entityRef),
      )
      .whereBetween('day', daysTouched(range));
    return new Map(rows.map(row => [`${row.entity_ref} ${row.day}`, row]));
  }

  async #eachRow<C extends keyof RawDbLatencyRow>(
    entityRefs: string[],
    range: HourRange,
    columns: readonly C[],
    visit: (row: Pick<RawDbLatencyRow, C>) => void,
  ): Promise<void> {
    const refsAtOnce = Math.max(
      1,
      Math.min(
        REFS_PER_STATEMENT,
        Math.floor(ROWS_READ_AT_ONCE / countDays(range)),
      ),
    );
    for (const refs of inBatches(entityRefs, refsAtOnce)) {
      const rows: Pick<RawDbLatencyRow, C>[] = await this.#db('latency_history')
        .select(columns)
        .whereIn('entity_ref', refs)
        .whereBetween('day', daysTouched(range))
        .orderBy(['entity_ref', 'day']);
      for await (const batch of inYieldingBatches(rows, ROWS_PER_TURN)) {
        batch.forEach(visit);
      }
    }
  }
}

/** The row of a day with what was fetched of it added. */
function withFetched(
  old: RawDbLatencyRow | undefined,
  asked: { dayMs: number; range: HourRange; askedAt: Date },
  { entityRef, sourceKey, latencies }: FetchedLatencies,
): RawDbLatencyRow {
  const { dayMs, range, askedAt } = asked;
  const fromMs = range.from.getTime();
  const length = (range.to.getTime() - fromMs) / HOUR_MS;
  const added: DayHistograms = {
    boundsSeconds: latencies?.boundsSeconds ?? new Float64Array(),
    hours: new Map(),
  };
  let askedHours = old?.asked_hours ?? 0;
  let knownHours = old?.known_hours ?? 0;
  for (let hour = 0; hour < HOURS_PER_DAY; hour++) {
    const index = (dayMs + hour * HOUR_MS - fromMs) / HOUR_MS;
    if (index < 0 || index >= length) continue;
    askedHours |= 1 << hour;
    if (!latencies || knownHours & (1 << hour)) continue;
    const counts = Float64Array.from(latencies.counts, bucket => bucket[index]);
    if (!isPlausibleHistogram(counts)) continue;
    knownHours |= 1 << hour;
    added.hours.set(hour, counts);
  }
  return {
    entity_ref: entityRef,
    day: dayText(dayMs),
    source_key: sourceKey,
    evidence:
      added.hours.size > 0
        ? (latencies?.evidence ?? null)
        : (old?.evidence ?? null),
    histograms: packHistograms(
      addHours(old ? unpackHistograms(old.histograms) : [], added),
    ),
    asked_hours: askedHours,
    known_hours: knownHours,
    asked_at: askedAt.toISOString(),
  };
}
