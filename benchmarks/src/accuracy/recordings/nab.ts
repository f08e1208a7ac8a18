import {
  DAY_MS,
  HOUR_MS,
  type CountSeries,
} from 'backstage-plugin-slo-recommender-engine';
import type { ResultTable } from '../../Section';
import { PROMISE_COLUMNS, promiseRow, type RecordedPromise } from './promises';
import { readRecording } from './readCsv';
import { promisesOf } from './recommend';

const FILE = 'nab/data/realKnownCause/ec2_request_latency_system_failure.csv';

/** Thresholds in the recording's unit. */
const THRESHOLDS = [46, 48, 50];
/** Days of history before the first promise. */
const FIRST_DAYS = 7;

/** Intervals of 5 minutes whose latency was above the threshold, per hour from the first midnight on. */
function readIntervals(
  rows: readonly string[][],
  threshold: number,
): CountSeries {
  const [, ...samples] = rows.map(([time, value]) => ({
    atMs: Date.parse(`${time.replace(' ', 'T')}Z`),
    value: Number(value),
  }));
  const startMs = Math.ceil(samples[0].atMs / DAY_MS) * DAY_MS;
  const endMs = samples[samples.length - 1].atMs;
  const hours = Math.floor((endMs - startMs) / HOUR_MS);
  const total = new Float64Array(hours);
  const bad = new Float64Array(hours);
  for (const { atMs, value } of samples) {
    const hour = Math.floor((atMs - startMs) / HOUR_MS);
    if (hour >= 0 && hour < hours) {
      total[hour]++;
      bad[hour] += value > threshold ? 1 : 0;
    }
  }
  return { startMs, total, bad };
}

/** Each day of a recorded latency, promised from the days before; undefined where the recording is missing. */
export function nabTable(): ResultTable | undefined {
  const rows = readRecording(FILE);
  if (!rows) return undefined;
  const promises = new Map<string, RecordedPromise[]>();
  for (const threshold of THRESHOLDS) {
    const series = readIntervals(rows, threshold);
    const days = Math.floor(series.total.length / 24);
    for (let day = FIRST_DAYS; day < days; day++) {
      const asOfMs = series.startMs + day * DAY_MS;
      for (const { name, promises: made } of promisesOf([series], {
        asOfMs,
        windowMs: DAY_MS,
      })) {
        promises.set(name, [...(promises.get(name) ?? []), ...made]);
      }
    }
  }
  return {
    title: 'Latency of EC2 requests: each day, promised from the days before',
    columns: PROMISE_COLUMNS,
    rows: [...promises].map(([name, made]) => promiseRow(name, made)),
    notes: [
      `Share of intervals of 5 minutes whose latency stayed within ${THRESHOLDS.join(', ')} ms, from the second week on; the recording ends in a failure of the system. Source: numenta/NAB, MIT.`,
    ],
  };
}
