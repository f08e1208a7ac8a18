const HOURS_PER_DAY = 24;
/** Days that the silence of an hour is compared with, before and after it. */
const DAYS = 7;

/** Requests in a usual hour from which on an hour without any is a surprise: 1 in 22,000 by chance. */
const BUSY = 10;

/** Hours in which a service was silent although its scrape target was there. */
export interface Silence {
  /** Hours without a request, as far as can be judged; 1 for yes. */
  idle: Uint8Array;
  /** Hours in which requests were to be expected: the service, or the way from it to its target, may have been down. */
  unexplained: Uint8Array;
}

/**
 * Judges by its other hours whether a service that was silent in an hour was idle: it often has no or few requests in an
 * hour, or it was silent at the same time of another day within a week, and had requests in between. One long silence
 * does not explain itself.
 *
 * @param total - requests of each hour; NaN if unknown.
 * @param silent - 1 for hours in which the service was silent although its scrape target was there.
 */
export function judgeSilence(total: Float64Array, silent: Uint8Array): Silence {
  const isBusy = median(total.filter(requests => requests > 0)) >= BUSY;
  // active hours before each hour
  const activeBefore = new Uint32Array(total.length + 1);
  total.forEach((requests, hour) => {
    activeBefore[hour + 1] = activeBefore[hour] + (requests > 0 ? 1 : 0);
  });
  const isQuiet = (hour: number) => silent[hour] === 1 || total[hour] === 0;
  const isUsual = (hour: number) => {
    for (let day = -DAYS; day <= DAYS; day++) {
      const other = hour + day * HOURS_PER_DAY;
      if (
        day !== 0 &&
        isQuiet(other) &&
        activeBefore[other] !== activeBefore[hour]
      ) {
        return true;
      }
    }
    return false;
  };
  const idle = new Uint8Array(total.length);
  const unexplained = new Uint8Array(total.length);
  silent.forEach((isSilent, hour) => {
    if (isSilent === 1 && Number.isNaN(total[hour])) {
      (!isBusy || isUsual(hour) ? idle : unexplained)[hour] = 1;
    }
  });
  return { idle, unexplained };
}

/** 0 if there are no values. */
function median(values: Float64Array): number {
  return values.toSorted()[Math.floor(values.length / 2)] ?? 0;
}
