import type { HourRange } from 'backstage-plugin-slo-recommender-node';
import type { PrometheusClient } from '../client/PrometheusClient';
import { PrometheusRequestError } from '../client/failures';
import { DURATION_METRICS } from '../dialects/durations';
import type { EdgeDialect } from '../dialects/edges';
import { selectTotal } from '../dialects/outcomes';
import { type Inventory, REQUEST_METRICS } from '../dialects/resolve';
import {
  COVERAGE_METRICS,
  SERVICE_GRAPH_FAILURES,
} from '../dialects/serviceGraph';
import { type Dialect, isTemplate } from '../dialects/types';
import { LATENCY_METRICS } from '../edges/latencies';
import { vector } from '../promql/expressions';

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

export interface Resolution {
  /** Best evidence first. */
  dialects: Dialect[];
  /** Where dependencies are read; undefined where nothing tells of them. */
  edgeDialect: EdgeDialect | undefined;
  /** True where an operator chose the dialects and their order. */
  isOrderChosen: boolean;
  inventory: InventoryAnswer;
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

export interface DiscoveredNames {
  /** Every service of the dialect in the range; undefined where the server cannot tell, and all may be there. */
  names?: ReadonlySet<string>;
  warnings: string[];
}

/** Asks which services a dialect knows in the range. Where that cannot be told, it is left to the counts to show. */
export async function discoverNames(
  client: PrometheusClient,
  { source, serviceLabel }: Dialect,
  range: HourRange,
  signal?: AbortSignal,
): Promise<DiscoveredNames> {
  if (isTemplate(source)) {
    return { warnings: [] };
  }
  const answer = await answerUnlessUnsupported(() =>
    client.labelValues({
      label: serviceLabel,
      selector: selectTotal(source),
      start: range.from,
      end: range.to,
      subject: `names of services (${source.metric})`,
      signal,
    }),
  );
  return answer === undefined || answer.warnings.length > 0
    ? { warnings: answer?.warnings ?? [] }
    : { names: new Set(answer.data), warnings: [] };
}

/**
 * Some kin of Prometheus do not support questions about labels, or limit their range: undefined then, so that nothing
 * is ruled out. Other errors are thrown.
 */
async function answerUnlessUnsupported<T>(
  ask: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (
      error instanceof PrometheusRequestError &&
      (error.failure === 'unsupported' || error.failure === 'too-much')
    ) {
      return undefined;
    }
    throw error;
  }
}
