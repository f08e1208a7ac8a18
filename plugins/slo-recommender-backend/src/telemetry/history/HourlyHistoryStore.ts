import type { HourRange } from 'backstage-plugin-slo-recommender-node';
import type { Knex } from 'knex';
import { SerialQueue } from '../../kernel/concurrency/SerialQueue';
import {
  inYieldingBatches,
  yieldToEventLoop,
} from '../../kernel/concurrency/yieldToEventLoop';
import { type Table, upsertInBulk } from '../../kernel/database/bulk';
import { inBatches, REFS_PER_STATEMENT } from '../../kernel/database/database';
import {
  countDays,
  DAY_MS,
  daysTouched,
  dayText,
  floorToDay,
  HOUR_MS,
} from '../../kernel/time/hours';
import { ALL_HOURS, HOURS_PER_DAY, type HourlySeries } from './codec';

/** Rows that are in memory at a time while they are written. */
const ROWS_PER_TRANSACTION = 1_000;

/** Rows that are decoded before other work of the process may run. */
const ROWS_PER_TURN = 16;

/** Values of one service as a datasource returned them. */
export interface FetchedHours<Values> {
  entityRef: string;
  /** Datasource and names that were asked; values of another key are overwritten, not mixed. */
  sourceKey: string;
  /** Arrays with one element per hour of the range; undefined if the datasource knows nothing of the service. */
  values: Values | undefined;
}

/** Stored hours of one service in a range. */
export interface StoredHours<Series> {
  series: Series;
  /** Metric family of the newest values. */
  evidence: string | null;
}

/** Hours of one service and day that were asked for, and those of them with plausible values. */
export interface DayCoverage {
  entityRef: string;
  dayMs: number;
  sourceKey: string;
  askedHours: number;
  knownHours: number;
  askedAt: Date;
}

interface RawDbHourlyHistoryRow {
  entity_ref: string;
  kind: string;
  name: string;
  environment: string;
  day: string;
  codec_version: number;
  source_key: string;
  evidence: string | null;
  payload: Buffer;
  asked_hours: number;
  known_hours: number;
  asked_at: string;
}

const HOURLY_HISTORY: Table<RawDbHourlyHistoryRow> = {
  table: 'hourly_history',
  columns: {
    entity_ref: 'text',
    kind: 'text',
    name: 'text',
    environment: 'text',
    day: 'text',
    codec_version: 'integer',
    source_key: 'text',
    evidence: 'text',
    payload: 'bytea',
    asked_hours: 'integer',
    known_hours: 'integer',
    asked_at: 'text',
  },
  key: ['entity_ref', 'kind', 'name', 'environment', 'day'],
};

const hoursUntil = (fromMs: number, toMs: number) => (toMs - fromMs) / HOUR_MS;

/** Bit mask of the hours that the day has in the range. */
function hoursWithin({ from, to }: HourRange, dayMs: number): number {
  const first = Math.max(0, hoursUntil(dayMs, from.getTime()));
  const end = Math.min(HOURS_PER_DAY, hoursUntil(dayMs, to.getTime()));
  return (ALL_HOURS >> (HOURS_PER_DAY - end)) & (ALL_HOURS << first);
}

/** The days that a range touches: as text, their hours in it, and the hours from its start to theirs. */
function daysOf(range: HourRange) {
  const fromMs = range.from.getTime();
  return Array.from({ length: countDays(range) }, (_, i) => {
    const dayMs = floorToDay(fromMs) + i * DAY_MS;
    return {
      day: dayText(dayMs),
      asked: hoursWithin(range, dayMs),
      offset: hoursUntil(fromMs, dayMs),
    };
  });
}

const keyOf = (series: HourlySeries<{ evidence: string }, unknown>) => ({
  kind: series.codec.kind,
  name: series.name,
  environment: series.environment,
});

type AnySeries = Parameters<typeof keyOf>[0];

/** Hourly values of any kind, encoded in one row per service and day. */
export class HourlyHistoryStore {
  readonly #db: Knex;
  readonly #writing = new SerialQueue();

  constructor(db: Knex) {
    this.#db = db;
  }

  /**
   * Stores the values of one range, and that every hour of it was asked for. Known hours stay: telemetry that reaches
   * the end of its retention or is lost does not take away what was measured. Only another source key does.
   */
  write<Values extends { evidence: string }>(
    series: HourlySeries<Values, unknown>,
    range: HourRange,
    fetched: FetchedHours<Values>[],
    askedAt: Date,
  ): Promise<void> {
    // two ranges may share a day, whose row is read, added to and written
    return this.#writing.run(() =>
      this.#write(series, range, fetched, askedAt),
    );
  }

  async #write<Values extends { evidence: string }>(
    series: HourlySeries<Values, unknown>,
    range: HourRange,
    fetched: FetchedHours<Values>[],
    askedAt: Date,
  ): Promise<void> {
    const { codec } = series;
    const key = keyOf(series);
    const asked_at = askedAt.toISOString();
    const days = daysOf(range);
    const servicesAtOnce = Math.max(
      1,
      Math.floor(ROWS_PER_TRANSACTION / days.length),
    );
    for (const batch of inBatches(fetched, servicesAtOnce)) {
      await this.#db.transaction(async tx => {
        const present = await this.#presentDays(tx, series, range, batch);
        const rows: RawDbHourlyHistoryRow[] = [];
        for (const { entityRef, sourceKey, values } of batch) {
          for (const { day, asked, offset } of days) {
            const row = present.get(`${entityRef} ${day}`);
            const stored = row?.source_key === sourceKey ? row : undefined;
            const known = stored?.known_hours ?? 0;
            const encoded = codec.encode(stored?.payload, {
              values,
              hours: asked & ~known,
              offset,
            });
            rows.push({
              entity_ref: entityRef,
              ...key,
              day,
              codec_version: codec.version,
              source_key: sourceKey,
              evidence:
                (encoded.hasValues ? values?.evidence : stored?.evidence) ??
                null,
              payload: encoded.payload,
              asked_hours: asked | (stored?.asked_hours ?? 0),
              known_hours: known | encoded.knownHours,
              asked_at,
            });
          }
          await yieldToEventLoop();
        }
        await upsertInBulk(tx, HOURLY_HISTORY, rows);
      });
    }
  }

  async #presentDays(
    tx: Knex,
    series: AnySeries,
    range: HourRange,
    fetched: FetchedHours<unknown>[],
  ): Promise<Map<string, RawDbHourlyHistoryRow>> {
    const rows: RawDbHourlyHistoryRow[] = await this.#rows(
      tx,
      series,
      fetched.map(({ entityRef }) => entityRef),
      range,
    );
    return new Map(rows.map(row => [`${row.entity_ref} ${row.day}`, row]));
  }

  /** What was asked for and found, by service and day, for the days that touch the range. */
  async coverage(
    series: AnySeries,
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
    await this.#eachRow(series, entityRefs, range, columns, row => {
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

  /** The stored hours of the range, by entity reference; those that are not stored are unknown. */
  async read<Series>(
    series: HourlySeries<never, Series>,
    entityRefs: string[],
    range: HourRange,
  ): Promise<Map<string, StoredHours<Series>>> {
    const startMs = range.from.getTime();
    const hours = hoursUntil(startMs, range.to.getTime());
    const services = new Map(
      entityRefs.map(entityRef => [
        entityRef,
        {
          decoder: series.codec.createDecoder(startMs, hours),
          evidence: null as string | null,
        },
      ]),
    );
    const columns = ['entity_ref', 'day', 'evidence', 'payload'] as const;
    await this.#eachRow(series, entityRefs, range, columns, row => {
      const service = services.get(row.entity_ref);
      if (!service) return;
      service.decoder.add(
        row.payload,
        hoursUntil(startMs, Date.parse(row.day)),
      );
      service.evidence = row.evidence ?? service.evidence;
    });
    const stored = new Map<string, StoredHours<Series>>();
    for (const [entityRef, { decoder, evidence }] of services) {
      const decoded = decoder.series();
      if (decoded) stored.set(entityRef, { series: decoded, evidence });
    }
    return stored;
  }

  /** Makes the hours of the range that are not known be asked for again at the next opportunity. */
  async askAgain(
    series: AnySeries,
    entityRefs: string[],
    range: HourRange,
  ): Promise<void> {
    for (const refs of inBatches(entityRefs, REFS_PER_STATEMENT)) {
      await this.#rows(this.#db, series, refs, range).update({
        asked_hours: 0,
      });
    }
  }

  /** Deletes days of every kind that were last asked for before the instant. Returns the number of rows. */
  async deleteAskedBefore(instant: Date): Promise<number> {
    return this.#db<RawDbHourlyHistoryRow>('hourly_history')
      .where('asked_at', '<', instant.toISOString())
      .delete();
  }

  async #eachRow<C extends keyof RawDbHourlyHistoryRow>(
    series: AnySeries,
    entityRefs: string[],
    range: HourRange,
    columns: readonly C[],
    visit: (row: Pick<RawDbHourlyHistoryRow, C>) => void,
  ): Promise<void> {
    const refsAtOnce = Math.max(
      1,
      Math.min(
        REFS_PER_STATEMENT,
        Math.floor(series.codec.daysPerRead / countDays(range)),
      ),
    );
    for (const refs of inBatches(entityRefs, refsAtOnce)) {
      const rows: Pick<RawDbHourlyHistoryRow, C>[] = await this.#rows(
        this.#db,
        series,
        refs,
        range,
      )
        .select(columns)
        .orderBy(['entity_ref', 'day']);
      for await (const batch of inYieldingBatches(rows, ROWS_PER_TURN)) {
        batch.forEach(visit);
      }
    }
  }

  #rows(
    db: Knex,
    series: AnySeries,
    entityRefs: string[],
    range: HourRange,
  ): Knex.QueryBuilder {
    return db('hourly_history')
      .where(keyOf(series))
      .whereIn('codec_version', [...series.codec.readableVersions])
      .whereIn('entity_ref', entityRefs)
      .whereBetween('day', daysTouched(range));
  }
}
