import {
  ALL_ENVIRONMENTS,
  AVAILABILITY_SLO,
} from 'backstage-plugin-slo-recommender-common';
import type { CountSeries } from 'backstage-plugin-slo-recommender-engine';
import type { HourlyCounts } from 'backstage-plugin-slo-recommender-node';
import { HOURS_PER_DAY, type HourlyCodec, type HourlySeries } from './codec';

/** Requests by hour, those that failed, and those whose outcome cannot be read. */
export type Counts = Pick<
  HourlyCounts,
  'total' | 'bad' | 'unknown' | 'evidence'
>;

const BYTES_PER_COUNT = 8;
const BAD_COUNTS_AT = HOURS_PER_DAY * BYTES_PER_COUNT;
const UNREADABLE_COUNTS_AT = 2 * BAD_COUNTS_AT;
const LARGEST_COUNT = 2 ** 53;

const unknownDay = Buffer.alloc(UNREADABLE_COUNTS_AT);
for (let at = 0; at < unknownDay.length; at += BYTES_PER_COUNT) {
  unknownDay.writeDoubleLE(NaN, at);
}

/** A copy of the stored day, with room for requests whose outcome cannot be read if it has or is given any. */
function copyDay(
  stored: Uint8Array | undefined,
  hasUnreadable: boolean,
): Buffer {
  const day = Buffer.from(stored ?? unknownDay);
  return hasUnreadable && day.length === UNREADABLE_COUNTS_AT
    ? Buffer.concat([day, Buffer.alloc(HOURS_PER_DAY * BYTES_PER_COUNT)])
    : day;
}

/**
 * Whether counts of an hour can be what was counted. Others are kept for the engine to judge, and asked for again: they
 * say more of the source than of the service.
 */
export function isPlausibleCount(total: number, bad: number): boolean {
  return (
    total >= 0 &&
    total <= LARGEST_COUNT &&
    bad >= 0 &&
    bad <= Math.max(total + 1, total * 1.01)
  );
}

/**
 * 24 totals, then 24 bad counts, as little-endian doubles: 384 bytes. NaN is unknown. Then, only on days that have any,
 * 24 counts of requests whose outcome cannot be read: 576 bytes. Version 1 had none of these, and is read as it is.
 */
const countsCodec: HourlyCodec<Counts, CountSeries> = {
  kind: 'counts',
  version: 2,
  readableVersions: [1, 2],
  daysPerRead: 500,

  encode(stored, { values, hours, offset }) {
    const unreadable = values?.unknown;
    const payload = copyDay(stored, unreadable !== undefined);
    let knownHours = 0;
    let hasValues = false;
    for (let hour = 0; hour < HOURS_PER_DAY; hour++) {
      if (!(hours & (1 << hour))) continue;
      const total = values?.total[offset + hour] ?? NaN;
      const bad = values?.bad[offset + hour] ?? NaN;
      payload.writeDoubleLE(total, hour * BYTES_PER_COUNT);
      payload.writeDoubleLE(bad, BAD_COUNTS_AT + hour * BYTES_PER_COUNT);
      if (payload.length > UNREADABLE_COUNTS_AT) {
        payload.writeDoubleLE(
          unreadable?.[offset + hour] ?? 0,
          UNREADABLE_COUNTS_AT + hour * BYTES_PER_COUNT,
        );
      }
      if (isPlausibleCount(total, bad)) knownHours |= 1 << hour;
      hasValues ||=
        !Number.isNaN(total) || (unreadable?.[offset + hour] ?? 0) > 0;
    }
    return { payload, knownHours, hasValues };
  },

  createDecoder(startMs, hours) {
    const total = new Float64Array(hours).fill(NaN);
    const bad = new Float64Array(hours).fill(NaN);
    let unknown: Float64Array | undefined;
    return {
      add({ buffer, byteOffset, byteLength }, offset) {
        const view = new DataView(buffer, byteOffset, byteLength);
        const end = Math.min(HOURS_PER_DAY, hours - offset);
        for (let hour = Math.max(0, -offset); hour < end; hour++) {
          const at = hour * BYTES_PER_COUNT;
          total[offset + hour] = view.getFloat64(at, true);
          bad[offset + hour] = view.getFloat64(BAD_COUNTS_AT + at, true);
          if (byteLength > UNREADABLE_COUNTS_AT) {
            unknown ??= new Float64Array(hours);
            unknown[offset + hour] = view.getFloat64(
              UNREADABLE_COUNTS_AT + at,
              true,
            );
          }
        }
      },
      series: () => ({ startMs, total, bad, ...(unknown && { unknown }) }),
    };
  },
};

/** Requests, and those that failed. */
export const AVAILABILITY_COUNTS: HourlySeries<Counts, CountSeries> = {
  codec: countsCodec,
  name: AVAILABILITY_SLO,
  environment: ALL_ENVIRONMENTS,
};
