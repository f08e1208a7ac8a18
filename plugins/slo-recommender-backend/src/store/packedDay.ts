export const HOURS_PER_DAY = 24;

/** Every hour of a day, as a bit mask. */
export const ALL_HOURS = 2 ** HOURS_PER_DAY - 1;

/** Totals and bad counts of the 24 hours of a UTC day; NaN is unknown. */
export interface DayCounts {
  total: Float64Array;
  bad: Float64Array;
}

const LARGEST_COUNT = 2 ** 53;

/**
 * Whether counts of an hour can be what was counted. Others are kept for the engine to judge, and asked for again: they
 * say more of the source than of the service.
 */
export function isPlausible(total: number, bad: number): boolean {
  return (
    total >= 0 &&
    total <= LARGEST_COUNT &&
    bad >= 0 &&
    bad <= Math.max(total + 1, total * 1.01)
  );
}

export function unknownDay(): DayCounts {
  return {
    total: new Float64Array(HOURS_PER_DAY).fill(NaN),
    bad: new Float64Array(HOURS_PER_DAY).fill(NaN),
  };
}

/** 24 totals, then 24 bad counts, as little-endian doubles: 384 bytes. */
export function packDay({ total, bad }: DayCounts): Buffer {
  // of the pool, as there are a hundred thousand of them: every byte is written
  const buffer = Buffer.allocUnsafe(HOURS_PER_DAY * 16);
  for (let hour = 0; hour < HOURS_PER_DAY; hour++) {
    buffer.writeDoubleLE(total[hour], hour * 8);
    buffer.writeDoubleLE(bad[hour], (HOURS_PER_DAY + hour) * 8);
  }
  return buffer;
}

export function unpackDay(packed: Uint8Array): DayCounts {
  const view = new DataView(
    packed.buffer,
    packed.byteOffset,
    packed.byteLength,
  );
  const day = unknownDay();
  for (let hour = 0; hour < HOURS_PER_DAY; hour++) {
    day.total[hour] = view.getFloat64(hour * 8, true);
    day.bad[hour] = view.getFloat64((HOURS_PER_DAY + hour) * 8, true);
  }
  return day;
}
