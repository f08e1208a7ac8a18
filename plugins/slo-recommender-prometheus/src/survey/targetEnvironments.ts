import { type MatrixSeries, sampleValue } from '../client/api';
import { ENVIRONMENT_LABELS } from '../dialects/environments';
import { kindOfOutcome, selectTotal, withOutcome } from '../dialects/outcomes';
import { type Dialect, isTemplate, PART_LABEL } from '../dialects/types';
import {
  binary,
  call,
  countBy,
  groupBy,
  type InstantExpression,
  number,
  sumBy,
  vector,
} from '../promql/expressions';
import { roughIncrease } from '../promql/hourlyIncrease';
import type { Portion } from './strangers';

const DAY_SECONDS = 86_400;

/** Values of {@link PART_LABEL}. */
const PARTS = { targets: 'targets', requests: 'requests of targets' };

/** Metric of what OpenTelemetry knows of a target, which metrics that come over OTLP do not repeat. */
const TARGET_INFO = 'target_info';
const ENVIRONMENTS = ENVIRONMENT_LABELS.map(label =>
  label.replaceAll('.', '_'),
);

/**
 * What to ask about services whose targets are of several environments, whatever their own series say: which target is of
 * which, and what each has counted in the last day.
 */
export function targetParts({
  source,
  serviceLabel,
}: Dialect): Map<string, InstantExpression> {
  if (isTemplate(source) || serviceLabel !== 'job') {
    return new Map();
  }
  const targets = groupBy(
    ['job', 'instance', ...ENVIRONMENTS],
    call('last_over_time', {
      type: 'range',
      vector: vector(TARGET_INFO),
      rangeSeconds: DAY_SECONDS,
    }),
  );
  const areSeveral = binary(
    countBy(['job'], groupBy(['job', ...ENVIRONMENTS], targets)),
    '>',
    number(1),
  );
  const requests = sumBy(
    ['job', 'instance', source.outcome.label],
    withOutcome(
      roughIncrease(selectTotal(source), DAY_SECONDS, source.isNative),
      source.outcome,
    ),
  );
  return new Map([
    [PARTS.targets, binary(targets, 'and', areSeveral, ['job'])],
    [PARTS.requests, binary(requests, 'and', areSeveral, ['job'])],
  ]);
}

/** Requests of the last day by environment of their target, by name of the service. */
export function readTargetEnvironments(
  { source }: Dialect,
  data: readonly MatrixSeries[],
): Map<string, Portion[]> {
  const found = new Map<string, Portion[]>();
  if (isTemplate(source)) {
    return found;
  }
  const keyOf = ({ job, instance }: Record<string, string>) =>
    JSON.stringify([job, instance]);
  const partOf = (part: string) =>
    data.filter(({ metric }) => metric[PART_LABEL] === part);
  const environments = new Map(
    partOf(PARTS.targets).map(({ metric }) => [
      keyOf(metric),
      Object.fromEntries(
        ENVIRONMENTS.flatMap(label =>
          metric[label] ? [[label, metric[label]]] : [],
        ),
      ),
    ]),
  );
  for (const { metric, values } of partOf(PARTS.requests)) {
    const requests = sampleValue(values.at(-1)?.[1] ?? '');
    const labels = environments.get(keyOf(metric));
    if (!labels || !(requests > 0)) continue;
    const outcome = kindOfOutcome(source.outcome, metric[source.outcome.label]);
    const { job } = metric;
    found.set(job, [
      ...(found.get(job) ?? []),
      { labels, requests, failures: outcome === 'failed' ? requests : 0 },
    ]);
  }
  return found;
}
