import {
  binary,
  groupBy,
  type InstantExpression,
  type LabelMatcher,
  type VectorSelector,
} from '../promql/expressions';
import { selectTotal } from './outcomes';
import type { Inventory } from './resolve';
import { SERVER_DIALECTS } from './serverMetrics';
import {
  type Dialect,
  isTemplate,
  type RequestCounter,
  SPAN_DIALECTS,
} from './types';

/** Labels that tell instances of a service apart, whatever job scrapes them. */
const INSTANCE_LABELS = [
  'service_instance_id',
  'service.instance.id',
  'exported_instance',
  'pod',
  'k8s_pod_name',
  'k8s.pod.name',
  'host_name',
  'host.name',
  'host',
];

/**
 * A dialect without the instances that better ones of its kind count: part of the fleet may still write an older metric, or
 * come another way. Undefined if its labels do not tell instances apart, as those that are written twice would be counted
 * twice.
 *
 * @param better - dialects of the same kind that come before it.
 */
export function otherForm(
  dialect: Dialect,
  better: readonly Dialect[],
  { labels }: Inventory,
): Dialect | undefined {
  const { source, serviceLabel, id } = dialect;
  if (isTemplate(source) || source.isNative || better.length === 0) {
    return undefined;
  }
  if (!SPAN_DIALECTS.has(id) && !SERVER_DIALECTS.has(id)) {
    return undefined;
  }
  const own = labels.get(source.metric);
  const matchers: LabelMatcher[] = [...source.matchers];
  const elsewhere: NonNullable<RequestCounter['elsewhere']>[number][] = [];
  for (const other of better) {
    if (isTemplate(other.source) || other.source.isNative) {
      return undefined;
    }
    const theirs = labels.get(other.source.metric);
    const areInBoth = (names: readonly string[]) =>
      names.filter(name => own?.has(name) && theirs?.has(name));
    const isSameLabel = other.serviceLabel === serviceLabel;
    const ofInstance = areInBoth(INSTANCE_LABELS);
    // the target says something only of what is scraped in the same way
    const instance =
      ofInstance.length > 0 || !isSameLabel
        ? ofInstance
        : areInBoth(['job', 'instance']);
    if (instance.every(label => label === serviceLabel)) {
      return undefined;
    }
    if (!isSameLabel && other.source.metric === source.metric) {
      matchers.push({ label: other.serviceLabel, operator: '=', value: '' });
    }
    elsewhere.push({
      selector: selectTotal(other.source, [
        { label: other.serviceLabel, operator: '!=', value: '' },
      ]),
      on: [...new Set([...(isSameLabel ? [serviceLabel] : []), ...instance])],
    });
  }
  return { ...dialect, source: { ...source, matchers, elsewhere } };
}

/** Leaves out what belongs to instances that are counted elsewhere. */
export function exceptElsewhere(
  expression: InstantExpression,
  { elsewhere = [] }: RequestCounter,
  presenceOf: (selector: VectorSelector) => InstantExpression,
): InstantExpression {
  return elsewhere.reduce<InstantExpression>(
    (left, { selector, on }) =>
      binary(left, 'unless', groupBy(on, presenceOf(selector)), on),
    expression,
  );
}
