import type { HourRange } from 'backstage-plugin-slo-recommender-node';
import type { PrometheusClient } from '../client/PrometheusClient';
import type { Answer, MatrixSeries } from '../client/api';
import type { DurationHistogram } from '../dialects/durations';
import { identifyingLabels } from '../dialects/identity';
import { selectTotal } from '../dialects/outcomes';
import {
  type Dialect,
  PART_LABEL,
  type RequestCounter,
} from '../dialects/types';
import { addHours, HOUR_SECONDS } from '../hours';
import {
  binary,
  call,
  countBy,
  histogramCount,
  histogramFraction,
  type InstantExpression,
  labelledUnion,
  type LabelMatcher,
  number,
  stddevBy,
  sumBy,
  type VectorSelector,
} from '../promql/expressions';
import { hourlyIncrease } from '../promql/hourlyIncrease';

export const BUCKET_LABEL = 'le';

/** Values of {@link PART_LABEL}. */
export const PARTS = { requests: 'requests', producers: 'producers' } as const;

/** Bounds in seconds at which native histograms are read: those of the HTTP conventions, and some between. */
const NATIVE_BOUNDS = [
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2.5,
  5, 7.5, 10,
];

interface HistogramQuery {
  dialect: Dialect;
  counter: RequestCounter;
  histogram: DurationHistogram;
  /** Values of the label of the service that are asked for; all of them by default. */
  names?: readonly string[];
  /** Whether everything of the dialect vouches for scrape targets, see {@link hourlyIncrease}. */
  witnessesAreAll: boolean;
  range: HourRange;
  /** Whose requests, as error messages say it: '12 services'. */
  subject: string;
  signal: AbortSignal;
}

/** Asks for hourly histograms, by service, {@link BUCKET_LABEL} and {@link PART_LABEL}. */
export function queryHistogram(
  client: PrometheusClient,
  query: HistogramQuery,
): Promise<Answer<MatrixSeries[]>> {
  const { histogram, range, subject, signal } = query;
  return client.queryRange({
    expression: histogram.isNative ? readNative(query) : readClassic(query),
    start: addHours(range.from, 1),
    end: range.to,
    stepSeconds: HOUR_SECONDS,
    services: query.names?.length,
    subject: `${histogram.metric} of ${subject}`,
    signal,
  });
}

/**
 * Requests by bound; and, for the hours in which not all buckets of a service have as many series, how many each has:
 * only a bound that all instances have shows how many of all requests lie below it.
 */
function readClassic(query: HistogramQuery): InstantExpression {
  const { dialect, histogram, witnessesAreAll } = query;
  const identity = identifyingLabels(dialect);
  const by = [...identity, BUCKET_LABEL];
  const selectors = selectorsOf(query);
  const every: LabelMatcher = {
    label: BUCKET_LABEL,
    operator: '=',
    value: '+Inf',
  };
  const increases = selectors.map((selector, index) =>
    hourlyIncrease(
      selector,
      [
        ...(witnessesAreAll
          ? [...query.counter.matchers, ...histogram.selections[index]]
          : selector.matchers),
        // one series of each instance is enough to see that it is there
        every,
      ],
      { isMetricsQL: query.counter.isMetricsQL },
    ),
  );
  const producers = countBy(
    by,
    anyOf(
      selectors.map(selector =>
        call('last_over_time', {
          type: 'range',
          vector: selector,
          rangeSeconds: HOUR_SECONDS,
        }),
      ),
    ),
  );
  return labelledUnion(
    PART_LABEL,
    new Map<string, InstantExpression>([
      [PARTS.requests, sumBy(by, anyOf(increases))],
      [
        PARTS.producers,
        binary(
          producers,
          'and',
          binary(stddevBy(identity, producers), '>', number(0)),
          identity,
        ),
      ],
    ]),
  );
}

/** Shares of the requests by bound, in the unit of the histogram, and the number of requests without one. */
function readNative(query: HistogramQuery): InstantExpression {
  const { dialect, histogram } = query;
  const hourly = sumBy(
    identifyingLabels(dialect),
    anyOf(
      selectorsOf(query).map(selector =>
        call('increase', {
          type: 'range',
          vector: selector,
          rangeSeconds: HOUR_SECONDS,
        }),
      ),
    ),
  );
  return labelledUnion(
    BUCKET_LABEL,
    new Map([
      ...NATIVE_BOUNDS.map((seconds): [string, InstantExpression] => {
        const bound =
          histogram.unit === 'seconds'
            ? seconds
            : Number((seconds * 1_000).toPrecision(12));
        return [String(bound), histogramFraction(bound, hourly)];
      }),
      ['+Inf', histogramCount(hourly)],
    ]),
  );
}

function selectorsOf({
  dialect,
  counter,
  histogram,
  names,
}: HistogramQuery): VectorSelector[] {
  const narrowing: LabelMatcher[] = names
    ? [{ label: dialect.serviceLabel, operator: 'in', values: names }]
    : [];
  return histogram.selections.map(selection =>
    selectTotal({ ...counter, metric: histogram.metric }, [
      ...selection,
      ...narrowing,
    ]),
  );
}

/** Series that are in any of the expressions. */
function anyOf(expressions: readonly InstantExpression[]): InstantExpression {
  return expressions.reduce((union, other) => binary(union, 'or', other));
}
