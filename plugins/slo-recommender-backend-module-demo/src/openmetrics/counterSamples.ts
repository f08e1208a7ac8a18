import { HOUR_MS } from 'backstage-plugin-slo-recommender-node';

/**
 * Samples of a counter that rises by `increments[i]` from hour i to hour i + 1: one at each step and at each full hour, so
 * that the increase between full hours is the hourly count exactly. It begins at 0 with the first known hour; an unknown
 * hour (NaN) has no samples of its own.
 *
 * @param series - name and labels, as in `requests_total{service="checkout"}`
 * @param from - start of the first hour, in ms since 1970
 * @param stepMinutes - a divisor of 60
 * @returns lines of OpenMetrics, with times in seconds
 */
export function counterSamples(
  series: string,
  increments: Float64Array,
  from: number,
  stepMinutes: number,
): string[] {
  const steps = 60 / stepMinutes;
  const lines: string[] = [];
  let value = 0;
  increments.forEach((increment, hour) => {
    if (Number.isNaN(increment)) return;
    const start = from + hour * HOUR_MS;
    const continues = hour > 0 && !Number.isNaN(increments[hour - 1]);
    for (let step = continues ? 1 : 0; step <= steps; step++) {
      const seconds = start / 1000 + step * stepMinutes * 60;
      const reached = value + Math.floor((increment * step) / steps);
      lines.push(`${series} ${reached} ${seconds}\n`);
    }
    value += increment;
  });
  return lines;
}
