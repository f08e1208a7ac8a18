import type { HourRange } from 'backstage-plugin-slo-recommender-node';
import type { PrometheusClient } from '../client';
import {
  DURATION_METRICS,
  REQUEST_METRICS,
  SERVICE_GRAPH_FAILURES,
  type Inventory,
} from '../dialects';
import { COVERAGE_METRICS } from '../coverage';
import { LATENCY_METRICS } from '../latency';
import { vector } from '../promql';
import { answerUnlessUnsupported } from './unsupported';

/** Everything that is looked for. */
const METRICS = [
  ...REQUEST_METRICS,
  SERVICE_GRAPH_FAILURES,
  ...new Set([...LATENCY_METRICS, ...DURATION_METRICS]),
  ...COVERAGE_METRICS,
];

export interface InventoryAnswer extends Inventory {
  warnings: string[];
}

/** Asks which of the metrics that can be read are there in the range, and which labels those of requests have. */
export async function takeInventory(
  client: PrometheusClient,
  range: HourRange,
  signal?: AbortSignal,
): Promise<InventoryAnswer> {
  const present = await answerUnlessUnsupported(() =>
    client.labelValues({
      label: '__name__',
      selector: vector(undefined, [
        { label: '__name__', operator: 'in', values: METRICS },
      ]),
      start: range.from,
      end: range.to,
      subject: 'names of metrics',
      signal,
    }),
  );
  if (!present || present.warnings.length > 0) {
    return {
      metrics: undefined,
      labels: new Map(),
      warnings: present?.warnings ?? [],
    };
  }
  const metrics = new Set(present.data);
  const labels = new Map<string, ReadonlySet<string>>();
  const warnings: string[] = [];
  await Promise.all(
    REQUEST_METRICS.filter(metric => metrics.has(metric)).map(async metric => {
      const answer = await answerUnlessUnsupported(() =>
        client.labelNames({
          selector: vector(metric),
          start: range.from,
          end: range.to,
          subject: `labels of ${metric}`,
          signal,
        }),
      );
      if (answer && answer.warnings.length === 0) {
        labels.set(metric, new Set(answer.data));
      }
      warnings.push(...(answer?.warnings ?? []));
    }),
  );
  return { metrics, labels, warnings };
}
