import {
  ALL_ENVIRONMENTS,
  AVAILABILITY_SLO,
} from 'backstage-plugin-slo-recommender-common';
import type { CountSeries } from 'backstage-plugin-slo-recommender-engine';
import type { HourlyCounts } from 'backstage-plugin-slo-recommender-node';
import { HOURS_PER_DAY, type HourlyCodec, type HourlySeries } from './codec';

/** Requests by hour, and those that failed. */
export type Counts = Pick<HourlyCounts, 'total' | 'bad' | 'evidence'>;

const BYTES_PER_COUNT = 8;
const BAD_COUNTS_AT = HOURS_PER_DAY * BYTES_PER_COUNT;
const LARGEST_COUNT = 2 ** 53;

const unknownDay = Buffer.alloc(2 * BAD_COUNTS_AT);
for (let at = 0; at < unknownDay.length; at += BYTES_PER_COUNT) {
  unknownDay.writeDoubleLE(NaN, at);
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

/** 24 totals, then 24 bad counts, as little-endian doubles: 384 bytes. NaN is unknown. */
const countsCodec: HourlyCodec<Counts, CountSeries> = {
  kind: 'counts',
  version: 1,
  daysPerRead: 500,

  encode(stored, { values, hours, offset }) {
    const payload = Buffer.from(stored ?? unknownDay);
    let knownHours = 0;
    let hasValues = false;
    for (let hour = 0; hour < HOURS_PER_DAY; hour++) {
      if (!(hours & (1 << hour))) continue;
      const total = values?.total[offset + hour] ?? NaN;
      const bad = values?.bad[offset + hour] ?? NaN;
      payload.writeDoubleLE(total, hour * BYTES_PER_COUNT);
      payload.writeDoubleLE(bad, BAD_COUNTS_AT + hour * BYTES_PER_COUNT);
      if (isPlausibleCount(total, bad)) knownHours |= 1 << hour;
      hasValues ||= !Number.isNaN(total);
    }
    return { payload, knownHours, hasValues };
  },

  createDecoder(startMs, hours) {
    const total = new Float64Array(hours).fill(NaN);
    const bad = new Float64Array(hours).fill(NaN);
    return {
      add({ buffer, byteOffset, byteLength }, offset) {
        const view = new DataView(buffer, byteOffset, byteLength);
        const end = Math.min(HOURS_PER_DAY, hours - offset);
        for (let hour = Math.max(0, -offset); hour < end; hour++) {
          const at = hour * BYTES_PER_COUNT;
          total[offset + hour] = view.getFloat64(at, true);
          bad[offset + hour] = view.getFloat64(BAD_COUNTS_AT + at, true);
        }
      },
      series: () => ({ startMs, total, bad }),
    };
  },
};

/** Requests, and those that failed. */
export const AVAILABILITY_COUNTS: HourlySeries<Counts, CountSeries> = {
  codec: countsCodec,
  name: AVAILABILITY_SLO,
  environment: ALL_ENVIRONMENTS,
};
