import type { LatencyInterval } from 'backstage-plugin-slo-recommender-common';
import { formatMinutes } from './span';

/** `40 ms`, `1.6 s`, `3 min`. */
export function formatSeconds(seconds: number): string {
  if (seconds === 0) return '0 s';
  if (seconds < 1) return `${Number((seconds * 1_000).toPrecision(3))} ms`;
  return seconds < 60
    ? `${Number(seconds.toPrecision(3))} s`
    : formatMinutes(seconds / 60);
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
