import { spellings } from '../dialects';

/** Which side of a call measured. */
export type Side = 'client' | 'server';

/** Latencies of calls over the edges of a service graph, as one side measured them. */
export interface LatencyHistogram {
  side: Side;
  metric: string;
  isNative: boolean;
}

const NAMES: [side: Side, name: string][] = [
  ['server', 'traces_service_graph_request_server'],
  ['client', 'traces_service_graph_request_client'],
  // What the Collector's predecessor of the connector measured on the side of the server only.
  ['server', 'traces_service_graph_request_duration'],
];

/** The usual names first, classic histograms before native ones. */
const HISTOGRAMS: readonly LatencyHistogram[] = NAMES.flatMap(([side, name]) =>
  ['_bucket', ''].flatMap(suffix =>
    [...new Set(spellings(name, { unit: 'seconds', suffix }))].map(metric => ({
      side,
      metric,
      isNative: suffix === '',
    })),
  ),
);

export const LATENCY_METRICS = HISTOGRAMS.map(({ metric }) => metric);

/** At most one histogram per side; none where it is not known what there is. */
export function findLatencyHistograms(
  metrics: ReadonlySet<string> | undefined,
): LatencyHistogram[] {
  const present = HISTOGRAMS.filter(({ metric }) => metrics?.has(metric));
  return (['server', 'client'] as const).flatMap(
    side => present.find(histogram => histogram.side === side) ?? [],
  );
}
