import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type RecordedServer, startServer } from './recordedServers';

const POINTS_PER_PUSH = 100;

/** One histogram of an application at an instant, counted since it began. */
export interface Measured {
  attributes: Record<string, string | number>;
  timeMs: number;
  startMs: number;
  /** Requests by the seconds that each of them took. */
  took: ReadonlyMap<number, number>;
}

/**
 * A Prometheus 3 with nothing but what is pushed to it.
 *
 * @param receiver - its section `otlp`.
 */
export function startReceiver(
  receiver: Record<string, string | boolean>,
): Promise<RecordedServer> {
  return startServer(async directory => {
    const config = join(directory, 'prometheus.yml');
    await writeFile(config, JSON.stringify({ otlp: receiver }));
    return {
      program: 'prometheus',
      args: address => [
        `--config.file=${config}`,
        `--storage.tsdb.path=${join(directory, 'data')}`,
        '--storage.tsdb.retention.time=50y',
        // all that is pushed stays in one block in memory, so that nothing of it is too old or compacted meanwhile
        '--storage.tsdb.min-block-duration=10d',
        '--storage.tsdb.max-block-duration=10d',
        `--web.listen-address=${address}`,
        '--web.enable-otlp-receiver',
        '--enable-feature=promql-experimental-functions',
        '--log.level=error',
      ],
      health: '/-/ready',
    };
  });
}

/**
 * Sends what a service measured, in the order of time.
 *
 * @param bounds - in seconds; a histogram without bounds is exponential.
 */
export async function push(
  url: string,
  resource: Record<string, string>,
  measured: readonly Measured[],
  bounds: readonly number[] | undefined,
): Promise<void> {
  const points = measured
    .toSorted((a, b) => a.timeMs - b.timeMs)
    .map(one => dataPoint(one, bounds));
  for (let at = 0; at < points.length; at += POINTS_PER_PUSH) {
    const histogram = {
      aggregationTemporality: 2,
      dataPoints: points.slice(at, at + POINTS_PER_PUSH),
    };
    const metric = {
      name: 'http.server.request.duration',
      unit: 's',
      ...(bounds ? { histogram } : { exponentialHistogram: histogram }),
    };
    const answer = await fetch(`${url}/api/v1/otlp/v1/metrics`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        resourceMetrics: [
          {
            resource: { attributes: attributesOf(resource) },
            scopeMetrics: [{ metrics: [metric] }],
          },
        ],
      }),
    });
    if (!answer.ok) {
      throw new Error(`Prometheus took nothing: ${await answer.text()}`);
    }
  }
}

function dataPoint(
  { attributes, timeMs, startMs, took }: Measured,
  bounds: readonly number[] | undefined,
) {
  let count = 0;
  let sum = 0;
  for (const [seconds, requests] of took) {
    count += requests;
    sum += seconds * requests;
  }
  return {
    attributes: attributesOf(attributes),
    startTimeUnixNano: `${startMs}000000`,
    timeUnixNano: `${timeMs}000000`,
    count,
    sum,
    ...(bounds ? explicitBuckets(took, bounds) : exponentialBuckets(took)),
  };
}

function explicitBuckets(
  took: Measured['took'],
  bounds: readonly number[],
): object {
  const bucketCounts = [...bounds, Infinity].map(() => 0);
  for (const [seconds, requests] of took) {
    const bucket = bounds.findIndex(bound => seconds <= bound);
    bucketCounts[bucket < 0 ? bounds.length : bucket] += requests;
  }
  return { explicitBounds: bounds, bucketCounts };
}

/** Buckets that grow by the eighth root of 2, about 9 %. */
const SCALE = 3;

function exponentialBuckets(took: Measured['took']): object {
  const indexOf = (seconds: number) =>
    Math.ceil(Math.log2(seconds) * 2 ** SCALE) - 1;
  const indices = [...took.keys()].map(indexOf);
  const offset = Math.min(...indices);
  const bucketCounts = Array.from(
    { length: Math.max(...indices) - offset + 1 },
    () => 0,
  );
  for (const [seconds, requests] of took) {
    bucketCounts[indexOf(seconds) - offset] += requests;
  }
  return { scale: SCALE, zeroCount: 0, positive: { offset, bucketCounts } };
}

function attributesOf(values: Record<string, string | number>) {
  return Object.entries(values).map(([key, value]) => ({
    key,
    value:
      typeof value === 'number'
        ? { intValue: String(value) }
        : { stringValue: value },
  }));
}
