import type { CountSeries } from 'backstage-plugin-slo-recommender-engine';
import type { HourRange } from 'backstage-plugin-slo-recommender-node';
import type { SliType } from 'backstage-plugin-slo-recommender-common';
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
import { type RawDbHistoryRow, SLI_HISTORY } from './historyRows';
import {
  HOURS_PER_DAY,
  isPlausible,
  packDay,
  unknownDay,
  unpackDay,
} from './packedDay';
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
const ROWS_READ_AT_ONCE = 500;

/** Counts of one service as a datasource gave them, one element per hour of the range; NaN is unknown. */
export interface FetchedCounts {
  entityRef: string;
  /** Datasource and names that were asked; counts of another key are overwritten, not mixed. */
  sourceKey: string;
  evidence: string | null;
  total: Float64Array;
  bad: Float64Array;
}

/** What is stored of one service in a range of days. */
export interface StoredHistory {
  series: CountSeries;
  /** Metric family of the newest counts. */
  evidence: string | null;
}

/** Hours of one service and day that were asked for, and whether they gave counts that can be. */
export interface DayCoverage {
  entityRef: string;
  dayMs: number;
  sourceKey: string;
  askedHours: number;
  knownHours: number;
  askedAt: Date;
}

/** Hourly counts of SLIs, packed into one row per service, SLI and day. */
export class SliHistoryStore {
  readonly #db: Knex;
  readonly #writing = new SerialQueue();

  constructor(db: Knex) {
    this.#db = db;
  }

  /**
   * Stores the counts of one range, and that every hour of it was asked for. What is known stays: telemetry that comes
   * to its end of retention or is lost does not take away what was counted. Only another source key does.
   */
  write(
    sliType: SliType,
    range: HourRange,
    fetched: FetchedCounts[],
    askedAt: Date,
  ): Promise<void> {
    // two ranges may share a day, whose row is read, added to and written
    return this.#writing.run(() =>
      this.#write(sliType, range, fetched, askedAt),
    );
  }

  async #write(
    sliType: SliType,
    range: HourRange,
    fetched: FetchedCounts[],
    askedAt: Date,
  ): Promise<void> {
    const fromMs = range.from.getTime();
    const toMs = range.to.getTime();
    const servicesAtOnce = Math.max(
      1,
      Math.floor(ROWS_PER_TRANSACTION / countDays(range)),
    );
    const blank = unknownDay();
    for (const batch of inBatches(fetched, servicesAtOnce)) {
      await this.#db.transaction(async tx => {
        const present = await this.#presentDays(tx, sliType, range, batch);
        const rows: RawDbHistoryRow[] = [];
        for (const counts of batch) {
          for (let dayMs = floorToDay(fromMs); dayMs < toMs; dayMs += DAY_MS) {
            const day = dayText(dayMs);
            const old = present.get(`${counts.entityRef} ${day}`);
            const keep = old?.source_key === counts.sourceKey ? old : undefined;
            const values = keep ? unpackDay(keep.counts) : blank;
            if (!keep) {
              blank.total.fill(NaN);
              blank.bad.fill(NaN);
            }
            let asked = keep?.asked_hours ?? 0;
            let known = keep?.known_hours ?? 0;
            for (let hour = 0; hour < HOURS_PER_DAY; hour++) {
              const index = (dayMs + hour * HOUR_MS - fromMs) / HOUR_MS;
              if (index < 0 || index >= counts.total.length) continue;
              asked |= 1 << hour;
              if (known & (1 << hour)) continue;
              values.total[hour] = counts.total[index];
              values.bad[hour] = counts.bad[index];
              if (isPlausible(values.total[hour], values.bad[hour])) {
                known |= 1 << hour;
              }
            }
            rows.push({
              entity_ref: counts.entityRef,
              sli_type: sliType,
              day,
              source_key: counts.sourceKey,
              evidence: counts.evidence ?? keep?.evidence ?? null,
              counts: packDay(values),
              asked_hours: asked,
              known_hours: known,
              asked_at: askedAt.toISOString(),
            });
          }
          await yieldToEventLoop();
        }
        await upsertRows(tx, SLI_HISTORY, rows);
      });
    }
  }

  async #presentDays(
    tx: Knex,
    sliType: SliType,
    range: HourRange,
    fetched: FetchedCounts[],
  ): Promise<Map<string, RawDbHistoryRow>> {
    const rows = await tx<RawDbHistoryRow>('sli_history')
      .where({ sli_type: sliType })
      .whereIn(
        'entity_ref',
        fetched.map(({ entityRef }) => entityRef),
      )
      .whereBetween('day', daysTouched(range));
    return new Map(rows.map(row => [`${row.entity_ref} ${row.day}`, row]));
  }

  /** What was asked for and found, by service and day, for the days that touch the range. */
  async coverage(
    sliType: SliType,
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
    await this.#eachRow(sliType, entityRefs, range, columns, row => {
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

  /** The stored counts of the range; hours that are not stored are unknown. Every service asked for is in the answer. */
  async read(
    sliType: SliType,
    entityRefs: string[],
    range: HourRange,
  ): Promise<Map<string, StoredHistory>> {
    const fromMs = range.from.getTime();
    const hours = (range.to.getTime() - fromMs) / HOUR_MS;
    const histories = new Map<string, StoredHistory>(
      entityRefs.map(entityRef => [
        entityRef,
        {
          series: {
            startMs: fromMs,
            total: new Float64Array(hours).fill(NaN),
            bad: new Float64Array(hours).fill(NaN),
          },
          evidence: null,
        },
      ]),
    );
    const columns = ['entity_ref', 'day', 'evidence', 'counts'] as const;
    await this.#eachRow(sliType, entityRefs, range, columns, row => {
      const history = histories.get(row.entity_ref);
      if (!history) return;
      const day = unpackDay(row.counts);
      const offset = (Date.parse(row.day) - fromMs) / HOUR_MS;
      for (let hour = 0; hour < HOURS_PER_DAY; hour++) {
        const index = offset + hour;
        if (index < 0 || index >= hours) continue;
        history.series.total[index] = day.total[hour];
        history.series.bad[index] = day.bad[hour];
      }
      history.evidence = row.evidence ?? history.evidence;
    });
    return histories;
  }

  /** Lets the hours of the range that are not known be asked for again at the next opportunity. */
  async askAgain(
    sliType: SliType,
    entityRefs: string[],
    range: HourRange,
  ): Promise<void> {
    for (const refs of inBatches(entityRefs, REFS_PER_STATEMENT)) {
      await this.#db<RawDbHistoryRow>('sli_history')
        .where({ sli_type: sliType })
        .whereIn('entity_ref', refs)
        .whereBetween('day', daysTouched(range))
        .update({ asked_hours: 0 });
    }
  }

  /** Forgets what was fetched last before the instant given. Returns the number of rows removed. */
  async deleteAskedBefore(instant: Date): Promise<number> {
    return this.#db<RawDbHistoryRow>('sli_history')
      .where('asked_at', '<', instant.toISOString())
      .delete();
  }

  async #eachRow<C extends keyof RawDbHistoryRow>(
    sliType: SliType,
    entityRefs: string[],
    range: HourRange,
    columns: readonly C[],
    visit: (row: Pick<RawDbHistoryRow, C>) => void,
  ): Promise<void> {
    const days = countDays(range);
    const refsAtOnce = Math.max(
      1,
      Math.min(REFS_PER_STATEMENT, Math.floor(ROWS_READ_AT_ONCE / days)),
    );
    for (const refs of inBatches(entityRefs, refsAtOnce)) {
      const rows: Pick<RawDbHistoryRow, C>[] = await this.#db('sli_history')
        .select(columns)
        .where({ sli_type: sliType })
        .whereIn('entity_ref', refs)
        .whereBetween('day', daysTouched(range))
        .orderBy(['entity_ref', 'day']);
      for await (const batch of inYieldingBatches(rows, ROWS_PER_TURN)) {
        batch.forEach(visit);
      }
    }
  }
}
