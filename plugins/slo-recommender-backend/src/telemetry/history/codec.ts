export const HOURS_PER_DAY = 24;

/** Every hour of a day, as a bit mask. */
export const ALL_HOURS = 2 ** HOURS_PER_DAY - 1;

/** Hours to add to a stored day. */
export interface AddedHours<Values> {
  /** Fetched hours of one service, as arrays by hour; undefined if the datasource knows nothing of them. */
  values: Values | undefined;
  /** Hours of the day to take from them, as a bit mask. */
  hours: number;
  /** Index that the first hour of the day has in the arrays; negative if they begin later. */
  offset: number;
}

/** A day with the added hours. */
export interface EncodedDay {
  payload: Buffer;
  /** Added hours whose values are plausible, as a bit mask; the others are asked for again. */
  knownHours: number;
  /** Whether anything was taken from the fetched values. */
  hasValues: boolean;
}

/** Puts the stored days of one service together. */
export interface HourlyDecoder<Series> {
  /** Adds a day whose first hour has the index `offset` in the series; hours beyond its ends are left out. */
  add(payload: Uint8Array, offset: number): void;
  /** Hours that were not added are unknown. Undefined if there is nothing to return. */
  series(): Series | undefined;
}

/** How one kind of hourly values is encoded: all that the history store does not know of it. */
export interface HourlyCodec<Values extends { evidence: string }, Series> {
  /** Written to each row. */
  readonly kind: string;
  /** Written to each row. */
  readonly version: number;
  /** Versions that it decodes. Rows of any other count as not stored: they are fetched and written again. */
  readonly readableVersions: readonly number[];
  /** Days read by one statement: SQLite reads on the thread of the portal, which must not stand still. */
  readonly daysPerRead: number;
  encode(stored: Uint8Array | undefined, added: AddedHours<Values>): EncodedDay;
  createDecoder(startMs: number, hours: number): HourlyDecoder<Series>;
}

/** Hours of one kind that belong to the SLOs of one name in one environment. */
export interface HourlySeries<Values extends { evidence: string }, Series> {
  codec: HourlyCodec<Values, Series>;
  name: string;
  environment: string;
}
