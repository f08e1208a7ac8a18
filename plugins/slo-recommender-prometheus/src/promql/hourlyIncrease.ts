import { HOUR_SECONDS } from '../hours';
import {
  binary,
  call,
  countedOnce,
  groupBy,
  histogramCount,
  type InstantExpression,
  type LabelMatcher,
  number,
  type RangeFunction,
  type VectorSelector,
} from './expressions';

/**
 * How far back a series may have had its last sample to count as present: the longest scrape interval supported,
 * 15 minutes, and a minute of jitter.
 */
const PRESENCE_SECONDS = 16 * 60;

/**
 * How far back an instant selector looks: what Prometheus does by default, and VictoriaMetrics if it is asked to. Else
 * that looks back a whole step.
 */
export const LOOKBACK_SECONDS = 5 * 60;

/**
 * Falls of one series within an hour from which on nothing is counted. A crash loop falls up to 17 times in its first hour,
 * as Kubernetes soon waits five minutes before each restart; two writers of one series fall at every other sample, and
 * `increase()` adds the level of the lower one each time.
 */
const FALLS_OF_TWO_WRITERS = 18;

/** The labels that Prometheus gives to everything that comes from one scrape target. */
export const TARGET_LABELS = ['job', 'instance'];

/** The same, with those of who scraped: a target is new to each of them. */
export function targetLabels({ scrapers = [] }: VectorSelector): string[] {
  return [...TARGET_LABELS, ...scrapers];
}

/** What a counter is, and where it is asked for. */
interface CounterKind {
  /** True if it is a native histogram, whose observations are counted. */
  isNative?: boolean;
  /** True if the server is VictoriaMetrics. */
  isMetricsQL?: boolean;
}

/**
 * Events that each series of a counter counted in the hour before the instant of evaluation.
 *
 * `increase()` alone extrapolates, and misses the first value of a series. Exporters of span metrics drop series that
 * idle and write no 0 when they come back, so for rare failures the first value is often the only one. Per series:
 *
 * 1. Present an hour ago, and not restarted since: last value − value then. Consecutive hours add up exactly.
 * 2. Not present then, though its scrape target was: the series is new and counts from zero, so its value counts.
 * 3. Else what `increase()` saw within the hour: the counter restarted, or neither the series nor its target were
 *    there an hour ago. Then Prometheus was down, the target is new to it, or data begin here, and the value may have
 *    been collected over months.
 *
 * A series that falls too often for restarts has no number: infinity, so that whatever it is part of is unknown. NaN
 * would do in Prometheus, but is no sample in VictoriaMetrics.
 *
 * Series of several scrapers are judged apart, and then counted once.
 *
 * What remains: a series that is dropped and comes back within the hour with the same value or a higher one looks as if
 * it had been there all along, and what it counted before is missed.
 *
 * @param witnesses - what the series of `selector` are narrowed to when looking for other signs of life of their
 *   targets; the wider, the likelier is 2 recognised where services idle.
 */
export function hourlyIncrease(
  selector: VectorSelector,
  witnesses: readonly LabelMatcher[] = selector.matchers,
  { isNative, isMetricsQL }: CounterKind = {},
): InstantExpression {
  const counts = (series: InstantExpression) =>
    isNative ? histogramCount(series) : series;
  const overHour = (name: RangeFunction) =>
    counts(
      call(name, {
        type: 'range',
        vector: selector,
        rangeSeconds: HOUR_SECONDS,
      }),
    );
  const resets = (rangeSeconds: number) =>
    call('resets', { type: 'range', vector: selector, rangeSeconds });
  const then = { ...selector, offsetSeconds: HOUR_SECONDS };
  const witnessThen = { ...then, matchers: witnesses };
  const last = overHour('last_over_time');
  const targets = targetLabels(selector);

  // Who is dropped is gone at once for an instant selector, which also knows staleness markers, but its 5 minutes of
  // lookback are too short for slow scrapes. Those miss all series of a target alike, and then the longer range decides.
  const slowlyScraped = binary(
    counts(lastPresence(then)),
    'unless',
    groupBy(targets, witnessThen),
    targets,
  );
  const newInLivingTarget = binary(
    binary(last, '*', number(0)),
    'and',
    groupBy(targets, lastPresence(witnessThen)),
    targets,
  );
  const first = binary(
    binary(counts(then), 'or', slowlyScraped),
    'or',
    newInLivingTarget,
  );
  // Its functions look at the sample before the range by themselves. `increase()` even looks beyond a gap there, adds first
  // values if they are small, and is 0 without any sample: good for restarts only.
  const restarted = binary(
    resets(HOUR_SECONDS + (isMetricsQL ? 0 : LOOKBACK_SECONDS)),
    '>',
    number(0),
  );
  const seen = isMetricsQL
    ? binary(
        binary(overHour('increase'), 'and', restarted),
        'or',
        overHour('increase_prometheus'),
      )
    : overHour('increase');
  const difference = binary(binary(last, '-', first), '>=', number(0));
  const counted = binary(binary(difference, 'unless', restarted), 'or', seen);
  const broken = binary(
    resets(HOUR_SECONDS),
    '>=',
    number(FALLS_OF_TWO_WRITERS),
  );
  return countedOnce(
    selector,
    binary(binary(broken, '*', number(Infinity)), 'or', counted),
  );
}

/** Events over any length of time as `increase()` sees them: for shares. */
export function roughIncrease(
  selector: VectorSelector,
  rangeSeconds: number,
  isNative = false,
): InstantExpression {
  const increase = call('increase', {
    type: 'range',
    vector: selector,
    rangeSeconds,
  });
  return countedOnce(selector, isNative ? histogramCount(increase) : increase);
}

/** The newest value that series had lately. */
export function lastPresence(selector: VectorSelector): InstantExpression {
  return call('last_over_time', {
    type: 'range',
    vector: selector,
    rangeSeconds: PRESENCE_SECONDS,
  });
}
