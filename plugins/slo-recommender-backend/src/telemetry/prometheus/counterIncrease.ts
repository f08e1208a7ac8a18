import {
  binary,
  call,
  groupBy,
  number,
  type InstantExpression,
  type LabelMatcher,
  type VectorSelector,
} from './promql';

const HOUR_SECONDS = 3600;

/**
 * How far back a series may have had its last sample to count as present: the longest scrape interval supported,
 * 15 minutes, and a minute of jitter.
 */
const PRESENCE_SECONDS = 16 * 60;

/** The labels that Prometheus gives to everything that comes from one scrape target. */
const TARGET_LABELS = ['job', 'instance'];

/**
 * Events that each series of a counter counted in the hour before the instant of evaluation.
 *
 * `increase()` alone extrapolates, and misses the first value of a series. Exporters of span metrics drop series that
 * idle and write no 0 when they come back, so for rare failures the first value is often the only one. Per series:
 *
 * 1. seen an hour ago and not restarted since: last value − value an hour ago. Consecutive hours add up exactly.
 * 2. seen an hour ago and restarted: `increase()`, which handles resets.
 * 3. not seen an hour ago, though its scrape target was: the series is new and counts from zero, so its value counts.
 * 4. neither it nor its target seen an hour ago: Prometheus was down, the target is new, or data begin here.
 *    Its value may have been collected over months, so only what `increase()` saw within the hour counts.
 *
 * @param witnesses - what the series of `selector` are narrowed to when looking for other signs of life of their
 *   targets; the wider, the likelier is 3 recognised where services idle.
 */
export function hourlyIncrease(
  selector: VectorSelector,
  witnesses: readonly LabelMatcher[] = selector.matchers,
): InstantExpression {
  const increase = over('increase', selector, HOUR_SECONDS);
  const before = anHourAgo(selector);
  const restarts = binary(
    over('resets', selector, HOUR_SECONDS + PRESENCE_SECONDS),
    '>',
    number(0),
  );
  const difference = binary(
    binary(
      binary(over('last_over_time', selector, HOUR_SECONDS), '-', before),
      '>=',
      number(0),
    ),
    'unless',
    restarts,
  );
  const restarted = binary(increase, 'and', before);
  const newInLivingTarget = binary(
    binary(over('max_over_time', selector, HOUR_SECONDS), 'unless', before),
    'and',
    groupBy(TARGET_LABELS, anHourAgo({ ...selector, matchers: witnesses })),
    TARGET_LABELS,
  );
  return [restarted, newInLivingTarget, increase].reduce<InstantExpression>(
    (preferred, next) => binary(preferred, 'or', next),
    difference,
  );
}

function over(
  name: 'increase' | 'last_over_time' | 'max_over_time' | 'resets',
  selector: VectorSelector,
  rangeSeconds: number,
): InstantExpression {
  return call(name, { type: 'range', vector: selector, rangeSeconds });
}

function anHourAgo(selector: VectorSelector): InstantExpression {
  return over(
    'last_over_time',
    { ...selector, offsetSeconds: HOUR_SECONDS },
    PRESENCE_SECONDS,
  );
}
