import { HOUR_SECONDS } from '../hours';
import {
  binary,
  call,
  groupBy,
  type InstantExpression,
  type LabelMatcher,
  number,
  vector,
  type VectorSelector,
} from './expressions';
import { lastPresence, TARGET_LABELS } from './hourlyIncrease';

/** How long ago a service may have had its last sample: a weekly batch is silent for almost 7 days. */
const SEEN_WITHIN_SECONDS = 7 * 24 * HOUR_SECONDS + HOUR_SECONDS;

/** Present with the value 1 for as long as a scrape target answers, or an application exports anything over OTLP. */
const SIGNS_OF_LIFE = ['up', 'target_info'];

/**
 * Services without a sample in the hour before the instant of evaluation, although a scrape target under which they were
 * known in the week before was there at both ends of the hour. Exporters drop series that idle, so silence of a living
 * target is no lack of telemetry.
 *
 * @param selector - series of the services.
 * @param by - labels that identify a service. Where `job` is one of them, the target is the service itself, and any
 *   other sign of life of the job will do.
 * @param witnesses - what the series of `selector` are narrowed to when looking for signs of life of their targets.
 */
export function silentHours(
  selector: VectorSelector,
  by: readonly string[],
  witnesses: readonly LabelMatcher[] = selector.matchers,
): InstantExpression {
  const isOwnTarget = by.includes('job');
  const target = isOwnTarget ? ['job'] : TARGET_LABELS;
  const seen = call('last_over_time', {
    type: 'range',
    vector: selector,
    rangeSeconds: HOUR_SECONDS,
  });
  // In steps of the hours that are evaluated anyway: no hour is missed, and none is read twice.
  const known = call('max_over_time', {
    type: 'subquery',
    expression: groupBy([...new Set([...by, ...target])], seen),
    rangeSeconds: SEEN_WITHIN_SECONDS,
    stepSeconds: HOUR_SECONDS,
  });
  const aliveAt = (offsetSeconds: number) => {
    const others = isOwnTarget
      ? SIGNS_OF_LIFE.map(metric => ({
          ...vector(
            metric,
            selector.matchers.filter(({ label }) => label === 'job'),
          ),
          offsetSeconds,
        })).map(sign => binary(lastPresence(sign), '>', number(0)))
      : [];
    return groupBy(
      target,
      others.reduce<InstantExpression>(
        (any, other) => binary(any, 'or', other),
        lastPresence({ ...selector, matchers: witnesses, offsetSeconds }),
      ),
    );
  };
  const living = [0, HOUR_SECONDS].reduce<InstantExpression>(
    (services, offset) => binary(services, 'and', aliveAt(offset), target),
    known,
  );
  return binary(groupBy(by, living), 'unless', groupBy(by, seen), by);
}
