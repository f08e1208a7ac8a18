import { InputError } from '@backstage/errors';
import {
  HOUR_MS,
  type HourRange,
  type ObservedDependency,
} from 'backstage-plugin-slo-recommender-node';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { SimulatedCompany } from '../simulation';
import { counterSamples } from './counterSamples';
import { collectSeries, type CompanySeries } from './hourlySeries';

export interface OpenMetricsOptions extends HourRange {
  /** Time between samples; a divisor of 60, so that every full hour has one. Default 15. */
  stepMinutes?: number;
  /** In ms since 1970: hours that are not over by then have no samples. Default `Date.now()`. */
  now?: number;
}

interface Counter {
  /** Without the suffix. */
  family: string;
  type: 'counter' | 'histogram';
  suffix: '_total' | '_bucket';
  labels: Record<string, string>;
  increments: Float64Array;
}

const COUNTER = { type: 'counter', suffix: '_total' } as const;

const CONNECTION_TYPES: Record<ObservedDependency['connectionType'], string> = {
  request: '',
  messaging: 'messaging_system',
  database: 'database',
  virtual: 'virtual_node',
};

/** Span metrics as the OpenTelemetry Collector's connector writes them, of the services that emit spans. */
function spanMetrics(
  company: SimulatedCompany,
  series: CompanySeries,
): Counter[] {
  return [...series.services].flatMap(([name, { calls, failed }]) => {
    if (!company.find(name)?.instrumented) return [];
    const counter = (
      statusCode: string,
      increments: Float64Array,
    ): Counter => ({
      family: 'traces_span_metrics_calls',
      ...COUNTER,
      labels: {
        service_name: name,
        span_kind: 'SPAN_KIND_SERVER',
        status_code: statusCode,
      },
      increments,
    });
    return [
      counter(
        'STATUS_CODE_UNSET',
        calls.map((count, hour) => count - failed[hour]),
      ),
      counter('STATUS_CODE_ERROR', failed),
    ];
  });
}

/**
 * Latencies as the connector writes them: by bucket, requests that took as long or less. It would tell them by outcome
 * too.
 */
function spanLatencies({ latencies }: CompanySeries): Counter[] {
  return [...latencies].flatMap(([name, { boundsSeconds, counts }]) => {
    const below = new Float64Array(counts[0].length);
    return counts.map((bucket, index): Counter => {
      bucket.forEach((count, hour) => {
        below[hour] += count;
      });
      const bound = boundsSeconds[index];
      return {
        family: 'traces_span_metrics_duration_milliseconds',
        type: 'histogram',
        suffix: '_bucket',
        labels: {
          service_name: name,
          span_kind: 'SPAN_KIND_SERVER',
          le: bound === undefined ? '+Inf' : inMilliseconds(bound),
        },
        increments: Float64Array.from(below),
      };
    });
  });
}

function inMilliseconds(seconds: number): string {
  return String(Number((seconds * 1_000).toPrecision(12)));
}

/** The service graph, of the dependencies with calls. */
function serviceGraph(
  company: SimulatedCompany,
  series: CompanySeries,
): Counter[] {
  const seen = company.company.dependencies.flatMap((dependency, i) => {
    const { calls, failed } = series.dependencies[i];
    const labels = {
      client: dependency.client,
      server: dependency.server,
      connection_type: CONNECTION_TYPES[dependency.connectionType],
    };
    return calls.some(count => count > 0) ? [{ labels, calls, failed }] : [];
  });
  return [
    ...seen.map(({ labels, calls }) => ({
      family: 'traces_service_graph_request',
      ...COUNTER,
      labels,
      increments: calls,
    })),
    ...seen.map(({ labels, failed }) => ({
      family: 'traces_service_graph_request_failed',
      ...COUNTER,
      labels,
      increments: failed,
    })),
  ];
}

function checkOptions(range: HourRange, stepMinutes: number) {
  const [from, to] = [range.from.getTime(), range.to.getTime()];
  if (from % HOUR_MS !== 0 || to % HOUR_MS !== 0 || from > to) {
    throw new InputError(
      `The range of the OpenMetrics export is ${from} to ${to} (ms since 1970); both must be full hours, and the first not after the second.`,
    );
  }
  if (!Number.isInteger(60 / stepMinutes) || !Number.isInteger(stepMinutes)) {
    throw new InputError(
      `stepMinutes of the OpenMetrics export is ${stepMinutes}; it must divide 60.`,
    );
  }
}

/**
 * Writes what the simulated company counted as OpenMetrics text for `promtool tsdb create-blocks-from openmetrics`: span
 * metrics with latencies, and service graph of the OpenTelemetry Collector. With Prometheus 2, whose ranges include both ends,
 * `increase(metric[1h])` at a full hour is exactly the count of the hour before it.
 *
 * Does not end the stream.
 */
export async function writeOpenMetrics(
  company: SimulatedCompany,
  options: OpenMetricsOptions,
  output: Writable,
): Promise<void> {
  const { from, to, stepMinutes = 15, now = Date.now() } = options;
  checkOptions({ from, to }, stepMinutes);
  const write = async (text: string) => {
    if (!output.write(text)) await once(output, 'drain');
  };
  const series = await collectSeries(company, { from, to }, now);
  let family = '';
  for (const counter of [
    ...spanMetrics(company, series),
    ...spanLatencies(series),
    ...serviceGraph(company, series),
  ]) {
    if (counter.family !== family) {
      family = counter.family;
      await write(`# TYPE ${family} ${counter.type}\n`);
    }
    const labels = Object.entries(counter.labels)
      .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
      .join(',');
    const samples = counterSamples(
      `${family}${counter.suffix}{${labels}}`,
      counter.increments,
      from.getTime(),
      stepMinutes,
    );
    await write(samples.join(''));
  }
  await write('# EOF\n');
}
