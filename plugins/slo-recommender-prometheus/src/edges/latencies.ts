import type { LatencyInterval } from 'backstage-plugin-slo-recommender-node';
import type { PrometheusClient } from '../client/PrometheusClient';
import { sampleValue } from '../client/api';
import { type Edge, edgeKey, serviceGraphEdge } from '../dialects/edges';
import { SERVICE_GRAPH_EDGE_LABELS } from '../dialects/serviceGraph';
import { spellings } from '../dialects/spellings';
import { PART_LABEL } from '../dialects/types';
import {
  type Bounds,
  bucketOf,
  classicBounds,
  looksLikeBothScales,
  looksLikeMilliseconds,
} from '../histograms/bounds';
import {
  call,
  type InstantExpression,
  type LabelMatcher,
  labelledUnion,
  quantileOf,
  sumBy,
  vector,
} from '../promql/expressions';

const QUANTILES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;
type QuantileName = keyof typeof QUANTILES;
export type Quantiles = Record<QuantileName, LatencyInterval>;

const QUANTILE_NAMES: readonly QuantileName[] = ['p50', 'p95', 'p99'];

const partName = (side: Side, quantile: QuantileName) => `${side} ${quantile}`;

/** What both sides of an edge measured, in seconds. */
export interface EdgeLatencies {
  edge: Edge;
  client?: Quantiles;
  server?: Quantiles;
}

export interface LatencyAnswer {
  edges: Map<string, EdgeLatencies>;
  /** Histograms whose values were milliseconds under a name that says seconds. */
  millisecondMetrics: string[];
  /** Histograms with values in seconds and in milliseconds, which cannot be distinguished: they are left out. */
  mixedScaleMetrics: string[];
}

/** Native histograms know no units either; half of all calls taking half a minute is no service, it is milliseconds. */
const IMPLAUSIBLE_SECONDS = 30;

interface Window {
  /** Instant of evaluation. */
  at: Date;
  seconds: number;
  signal?: AbortSignal;
}

/** Asks for latencies of all edges at once: once for the buckets of each side, once for all quantiles. */
export async function fetchLatencies(
  client: PrometheusClient,
  histograms: readonly LatencyHistogram[],
  window: Window,
): Promise<LatencyAnswer> {
  const answer: LatencyAnswer = {
    edges: new Map(),
    millisecondMetrics: [],
    mixedScaleMetrics: [],
  };
  if (histograms.length === 0) {
    return answer;
  }
  const boundsBySide = new Map<Side, Bounds>();
  for (const histogram of histograms) {
    const bounds = await fetchBounds(client, histogram, window);
    if (bounds && looksLikeBothScales(bounds)) {
      answer.mixedScaleMetrics.push(histogram.metric);
    } else if (bounds) {
      boundsBySide.set(histogram.side, bounds);
    }
  }
  const { data } = await client.queryAt({
    expression: labelledUnion(
      PART_LABEL,
      new Map(histograms.flatMap(one => quantilesOf(one, window.seconds))),
    ),
    at: window.at,
    subject: 'latencies of all services',
    signal: window.signal,
  });
  const raw = new Map<string, { edge: Edge; values: Map<string, number> }>();
  for (const { metric, values } of data) {
    const edge = serviceGraphEdge(metric);
    if (edge && values.length > 0) {
      const known = raw.get(edgeKey(edge)) ?? { edge, values: new Map() };
      known.values.set(metric[PART_LABEL] ?? '', sampleValue(values[0][1]));
      raw.set(edgeKey(edge), known);
    }
  }
  for (const { side, metric } of histograms) {
    const bounds = boundsBySide.get(side);
    if (!bounds) {
      continue;
    }
    const medians = [...raw.values()].flatMap(({ values }) => {
      const median = values.get(partName(side, 'p50'));
      return median === undefined || Number.isNaN(median) ? [] : [median];
    });
    const isMilliseconds =
      looksLikeMilliseconds(bounds) ||
      (bounds.type === 'native' && middle(medians) > IMPLAUSIBLE_SECONDS);
    if (isMilliseconds && metric.includes('seconds')) {
      answer.millisecondMetrics.push(metric);
    }
    const scale = isMilliseconds ? 1e-3 : 1;
    for (const [key, { edge, values }] of raw) {
      const quantiles = readQuantiles(side, values, bounds, scale);
      if (quantiles) {
        const known = answer.edges.get(key) ?? { edge };
        answer.edges.set(key, { ...known, [side]: quantiles });
      }
    }
  }
  return answer;
}

function quantilesOf(
  { side, isNative, ...histogram }: LatencyHistogram,
  seconds: number,
): [string, InstantExpression][] {
  const increase = sumBy(
    [...SERVICE_GRAPH_EDGE_LABELS, ...(isNative ? [] : ['le'])],
    increaseOf(histogram, seconds),
  );
  return QUANTILE_NAMES.map(name => [
    partName(side, name),
    quantileOf(QUANTILES[name], increase),
  ]);
}

function increaseOf(
  { metric, matchers }: Pick<LatencyHistogram, 'metric' | 'matchers'>,
  rangeSeconds: number,
): InstantExpression {
  return call('increase', {
    type: 'range',
    vector: vector(metric, matchers),
    rangeSeconds,
  });
}

async function fetchBounds(
  client: PrometheusClient,
  histogram: LatencyHistogram,
  { at, seconds, signal }: Window,
): Promise<Bounds | undefined> {
  const { metric, isNative, matchers } = histogram;
  const subject = `buckets of ${metric}`;
  if (!isNative) {
    const { data } = await client.labelValues({
      label: 'le',
      selector: vector(metric, matchers),
      start: new Date(at.getTime() - seconds * 1000),
      end: at,
      subject,
      signal,
    });
    return classicBounds(data);
  }
  // Histograms of different resolution are added up at the lowest, whose buckets contain those of the others.
  const { data } = await client.queryAt({
    expression: sumBy([], increaseOf(histogram, seconds)),
    at,
    subject,
    signal,
  });
  const buckets = data[0]?.histograms[0]?.[1].buckets ?? [];
  const positive = buckets
    .map(([, lower, upper]) => [Number(lower), Number(upper)])
    .find(([lower, upper]) => lower > 0 && upper > lower);
  return positive && { type: 'native', growth: positive[1] / positive[0] };
}

function readQuantiles(
  side: Side,
  values: ReadonlyMap<string, number>,
  bounds: Bounds,
  scale: number,
): Quantiles | undefined {
  const read = (name: QuantileName): LatencyInterval | undefined => {
    const bucket = bucketOf(values.get(partName(side, name)) ?? NaN, bounds);
    return (
      bucket && {
        fromSeconds: bucket.fromSeconds * scale,
        toSeconds: bucket.toSeconds === null ? null : bucket.toSeconds * scale,
      }
    );
  };
  const [p50, p95, p99] = QUANTILE_NAMES.map(read);
  return p50 && p95 && p99 && { p50, p95, p99 };
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Which side of a call measured. */
export type Side = 'client' | 'server';

/** Latencies of calls over the edges of a service graph, as one side measured them. */
interface LatencyHistogram {
  side: Side;
  metric: string;
  isNative: boolean;
  /** Which series count. */
  matchers: readonly LabelMatcher[];
}

const NAMES: [side: Side, name: string][] = [
  ['server', 'traces_service_graph_request_server'],
  ['client', 'traces_service_graph_request_client'],
  // What the Collector's predecessor of the connector measured on the side of the server only.
  ['server', 'traces_service_graph_request_duration'],
];

/** The usual names first, classic histograms before native ones. */
const HISTOGRAMS: readonly Omit<LatencyHistogram, 'matchers'>[] = NAMES.flatMap(
  ([side, name]) =>
    ['_bucket', ''].flatMap(suffix =>
      [...new Set(spellings(name, { unit: 'seconds', suffix }))].map(
        metric => ({
          side,
          metric,
          isNative: suffix === '',
        }),
      ),
    ),
);

export const LATENCY_METRICS = HISTOGRAMS.map(({ metric }) => metric);

/** At most one histogram per side; none where it is not known what there is. */
export function findLatencyHistograms(
  metrics: ReadonlySet<string> | undefined,
  matchers: readonly LabelMatcher[] = [],
): LatencyHistogram[] {
  const present = HISTOGRAMS.filter(({ metric }) => metrics?.has(metric)).map(
    histogram => ({ ...histogram, matchers }),
  );
  return (['server', 'client'] as const).flatMap(
    side => present.find(histogram => histogram.side === side) ?? [],
  );
}
