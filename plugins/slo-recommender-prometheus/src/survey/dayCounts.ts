import type { PrometheusClient } from '../client/PrometheusClient';
import { sampleValue } from '../client/api';
import { identifyingLabels, nameIn } from '../dialects/identity';
import {
  addUpFailures,
  selectFailures,
  selectTotal,
  withOutcome,
} from '../dialects/outcomes';
import { UNPAIRED_SPANS } from '../dialects/serviceGraph';
import {
  type Dialect,
  isTemplate,
  PART_LABEL,
  type RequestCounter,
} from '../dialects/types';
import {
  binary,
  call,
  groupBy,
  histogramCount,
  type InstantExpression,
  labelledUnion,
  type RangeFunction,
  sumBy,
  vector,
  type VectorSelector,
} from '../promql/expressions';
import { TARGET_LABELS } from '../promql/hourlyIncrease';

const DAY_SECONDS = 86_400;

/** What was counted of one service in a day. */
export interface DayCounts {
  requests: number;
  failures: number;
  /** Failures that were the first value of a series, and that `increase()` does not see. */
  firstFailures: number;
  /** Calls of which only one side arrived, so that the service graph leaves them out. */
  unpaired: number;
}

/** Asks once for the last day of all services of a dialect; undefined for templates, which have no shape that is known. */
export async function countLastDay(
  client: PrometheusClient,
  dialect: Dialect,
  {
    at,
    countsUnpaired,
    signal,
  }: { at: Date; countsUnpaired: boolean; signal?: AbortSignal },
): Promise<Map<string, DayCounts> | undefined> {
  const { source, serviceLabel } = dialect;
  if (isTemplate(source)) {
    return undefined;
  }
  const parts = partsOf(source, identifyingLabels(dialect));
  if (countsUnpaired) {
    parts.set(
      'unpaired',
      sumBy([serviceLabel], overDay('increase', vector(UNPAIRED_SPANS))),
    );
  }
  const { data } = await client.queryAt({
    expression: labelledUnion(PART_LABEL, parts),
    at,
    subject: `${source.metric} of the last day`,
    signal,
  });
  const counts = new Map<string, DayCounts>();
  for (const { metric, values } of data) {
    const name = nameIn(dialect, metric);
    const value = values.length > 0 ? sampleValue(values[0][1]) : NaN;
    if (!name || !Number.isFinite(value) || value < 0) {
      continue;
    }
    const known = counts.get(name) ?? {
      requests: 0,
      failures: 0,
      firstFailures: 0,
      unpaired: 0,
    };
    counts.set(name, known);
    switch (metric[PART_LABEL]) {
      case 'requests':
        known.requests += value;
        if (metric[source.outcome.label] === source.outcome.failed) {
          known.failures = Math.max(known.failures, value);
        }
        break;
      case 'failures':
        known.failures = Math.max(known.failures, value);
        break;
      case 'first failures':
        known.firstFailures = value;
        break;
      default:
        known.unpaired = value;
    }
  }
  return counts;
}

function partsOf(
  source: RequestCounter,
  by: readonly string[],
): Map<string, InstantExpression> {
  const total = selectTotal(source);
  const increase = overDay('increase', total);
  const { outcome, failedMetric } = source;
  const failures = selectFailures(source, total);
  const parts = new Map<string, InstantExpression>([
    [
      'requests',
      sumBy(
        [...by, outcome.label],
        withOutcome(
          source.isNative ? histogramCount(increase) : increase,
          outcome,
        ),
      ),
    ],
  ]);
  if (outcome.rules) {
    return parts;
  }
  const failed: VectorSelector = failedMetric
    ? { ...total, metric: failedMetric }
    : {
        ...total,
        matchers: [
          ...total.matchers,
          { label: outcome.label, operator: '=', value: outcome.failed },
        ],
      };
  if (failures) {
    parts.set(
      'failures',
      sumBy(
        by,
        addUpFailures(failures, selector => overDay('increase', selector)),
      ),
    );
  }
  parts.set('first failures', sumBy(by, firstValues(failed, total)));
  return parts;
}

/** What series began with that came up within the day, where their scrape target was there before. */
function firstValues(
  selector: VectorSelector,
  witnesses: VectorSelector,
): InstantExpression {
  const then = (series: VectorSelector): VectorSelector => ({
    ...series,
    offsetSeconds: DAY_SECONDS,
  });
  return binary(
    binary(overDay('min_over_time', selector), 'unless', then(selector)),
    'and',
    groupBy(TARGET_LABELS, then(witnesses)),
    TARGET_LABELS,
  );
}

function overDay(
  name: RangeFunction,
  selector: VectorSelector,
): InstantExpression {
  return call(name, {
    type: 'range',
    vector: selector,
    rangeSeconds: DAY_SECONDS,
  });
}
