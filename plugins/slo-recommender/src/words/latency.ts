import type { LatencyInterval } from 'backstage-plugin-slo-recommender-common';
import { formatMinutes } from './span';
import { unbroken } from './unbroken';

/** `40 ms`, `1.6 s`, `3 min`. */
export function formatSeconds(seconds: number): string {
  if (seconds >= 60) return formatMinutes(seconds / 60);
  return unbroken(
    seconds > 0 && seconds < 1
      ? `${Number((seconds * 1_000).toPrecision(3))} ms`
      : `${Number(seconds.toPrecision(3))} s`,
  );
}

/** What a histogram can say of a latency: `below 100 ms`, `200 ms to 400 ms`, `above 12.8 s`. */
export function formatLatencyInterval(interval: LatencyInterval): string {
  const { fromSeconds, toSeconds } = interval;
  if (toSeconds === null) return `above ${formatSeconds(fromSeconds)}`;
  if (fromSeconds === 0) return `below ${formatSeconds(toSeconds)}`;
  return fromSeconds === toSeconds
    ? formatSeconds(toSeconds)
    : `${formatSeconds(fromSeconds)} to ${formatSeconds(toSeconds)}`;
}

/** The same within a sentence: `below 100 ms`, `between 200 ms and 400 ms`, `above 12.8 s`, `at 300 ms`. */
export function formatLatencyInWords(interval: LatencyInterval): string {
  const words = formatLatencyInterval(interval);
  if (words.includes(' to '))
    return `between ${words.replace(' to ', ' and ')}`;
  return interval.fromSeconds === interval.toSeconds ? `at ${words}` : words;
}
