import type { HourRange } from 'backstage-plugin-slo-recommender-node';
import type { PrometheusClient } from '../client/PrometheusClient';
import { runTogether } from '../client/askInParts';
import { answerIfPossible, type PrometheusFailure } from '../client/failures';
import { DURATION_METRICS } from '../dialects/durations';
import type { EdgeDialect } from '../dialects/edges';
import { selectTotal } from '../dialects/outcomes';
import { type Inventory, REQUEST_METRICS } from '../dialects/resolve';
import {
  COVERAGE_METRICS,
  SERVICE_GRAPH_FAILURES,
  SERVICE_GRAPH_REQUESTS,
} from '../dialects/serviceGraph';
import { type Dialect, isTemplate, PART_LABEL } from '../dialects/types';
import { LATENCY_METRICS } from '../edges/latencies';
import { addHours } from '../hours';
import { type InstantExpression, vector } from '../promql/expressions';

/** Everything that is looked for. */
const METRICS = [
  ...REQUEST_METRICS,
  SERVICE_GRAPH_FAILURES,
  ...new Set([...LATENCY_METRICS, ...DURATION_METRICS]),
  ...COVERAGE_METRICS,
];

/** How far back a service graph is searched for a failure before all of its outcomes are called unknown. */
const HOURS_OF_A_FAILURE = 31 * 24;

export interface InventoryAnswer extends Inventory {
  warnings: string[];
}

export interface Resolution {
  /** Best evidence first. */
  dialects: Dialect[];
  /** Where dependencies are read; undefined if no metric shows them. */
  edgeDialect: EdgeDialect | undefined;
  /** True where an operator chose the dialects and their order. */
  isOrderChosen: boolean;
  inventory: InventoryAnswer;
}

/** Some compatible servers do not support questions about labels, or limit their range; nothing is ruled out then. */
const isUnsupported = (failure: PrometheusFailure) =>
  failure === 'unsupported' || failure === 'too-much';

const DROPS = 'drops NaN';

/** Empty unless the server drops samples that are no number, as MetricsQL does. */
const DROPS_NAN: InstantExpression = {
  type: 'template',
  parts: [
    `label_replace(absent(vector(NaN)), "${PART_LABEL}", "${DROPS}", "", "")`,
  ],
};

async function evaluatesMetricsQL(
  client: PrometheusClient,
  at: Date,
  signal?: AbortSignal,
): Promise<boolean> {
  const answer = await answerIfPossible(
    () =>
      client.queryAt({
        expression: DROPS_NAN,
        at,
        subject: 'what its functions do',
        signal,
      }),
    signal,
    isUnsupported,
  );
  return (
    answer?.data.some(({ metric }) => metric[PART_LABEL] === DROPS) ?? false
  );
}

/** Asks which of the metrics that can be read are there in the range, and which labels those of requests have. */
export async function takeInventory(
  client: PrometheusClient,
  range: HourRange,
  signal?: AbortSignal,
): Promise<InventoryAnswer> {
  const listMetrics = (names: readonly string[], from: Date) =>
    answerIfPossible(
      () =>
        client.labelValues({
          label: '__name__',
          selector: vector(undefined, [
            { label: '__name__', operator: 'in', values: names },
          ]),
          start: from,
          end: range.to,
          subject: 'names of metrics',
          signal,
        }),
      signal,
      isUnsupported,
    );
  const found = await listMetrics(METRICS, range.from);
  if (!found || found.warnings.length > 0) {
    return {
      metrics: undefined,
      labels: new Map(),
      warnings: found?.warnings ?? [],
    };
  }
  const metrics = new Set(found.data);
  const labels = new Map<string, ReadonlySet<string>>();
  const warnings: string[] = [];
  const present = REQUEST_METRICS.filter(metric => metrics.has(metric));
  await runTogether(
    either =>
      present.map(async metric => {
        const answer = await answerIfPossible(
          () =>
            client.labelNames({
              selector: vector(metric),
              start: range.from,
              end: range.to,
              subject: `labels of ${metric}`,
              signal: either,
            }),
          either,
          isUnsupported,
        );
        if (answer && answer.warnings.length === 0) {
          labels.set(metric, new Set(answer.data));
        }
        warnings.push(...(answer?.warnings ?? []));
      }),
    signal,
  );
  if (
    metrics.has(SERVICE_GRAPH_REQUESTS) &&
    !metrics.has(SERVICE_GRAPH_FAILURES) &&
    !labels.get(SERVICE_GRAPH_REQUESTS)?.has('failed')
  ) {
    // a healthy fleet may have had no failure for long, and its exporter drops series that idle
    const ever = await listMetrics(
      [SERVICE_GRAPH_FAILURES],
      addHours(range.to, -HOURS_OF_A_FAILURE),
    );
    if (ever?.data.length !== 0) metrics.add(SERVICE_GRAPH_FAILURES);
    warnings.push(...(ever?.warnings ?? []));
  }
  const isMetricsQL = await evaluatesMetricsQL(client, range.to, signal);
  return { metrics, labels, isMetricsQL, warnings };
}

export interface DiscoveredNames {
  /** Every service of the dialect in the range; undefined if the server cannot say, and all may be there. */
  names?: ReadonlySet<string>;
  warnings: string[];
}

/** Asks which services a dialect knows in the range. If the server cannot say, the counts show it. */
export async function discoverNames(
  client: PrometheusClient,
  { source, serviceLabel }: Dialect,
  range: HourRange,
  signal?: AbortSignal,
): Promise<DiscoveredNames> {
  if (isTemplate(source)) {
    return { warnings: [] };
  }
  const answer = await answerIfPossible(
    () =>
      client.labelValues({
        label: serviceLabel,
        selector: selectTotal(source),
        start: range.from,
        end: range.to,
        subject: `names of services (${source.metric})`,
        signal,
      }),
    signal,
    isUnsupported,
  );
  return answer === undefined || answer.warnings.length > 0
    ? { warnings: answer?.warnings ?? [] }
    : { names: new Set(answer.data), warnings: [] };
}
