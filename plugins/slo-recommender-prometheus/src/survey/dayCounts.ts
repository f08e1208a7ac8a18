import type { PrometheusClient } from '../client/PrometheusClient';
import { sampleValue } from '../client/api';
import { identifyingLabels, nameIn } from '../dialects/identity';
import {
  addUpFailures,
  kindOfOutcome,
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
  countedOnce,
  groupBy,
  type InstantExpression,
  type LabelMatcher,
  labelledUnion,
  number,
  type RangeFunction,
  sumBy,
  vector,
  type VectorSelector,
} from '../promql/expressions';
import { roughIncrease, targetLabels } from '../promql/hourlyIncrease';
import { readStrangers, type Strangers, strangerParts } from './strangers';

const DAY_SECONDS = 86_400;

/** What was counted of one service in a day. */
export interface DayCounts {
  requests: number;
  failures: number;
  /** Failures that were the first value of a series, and that `increase()` does not see. */
  firstFailures: number;
  /** Calls of which only one side arrived, so that the service graph leaves them out. */
  unpaired: number;
  /** Requests whose outcome cannot be read; they are not among `requests`. */
  unknown: number;
  /** Those of them that were counted in an overflow series, where labels are lost. */
  overflown: number;
  /** How often series fell that two writers share. */
  falls: number;
}

/** What was counted in a day, by service and of all of them together. */
export interface LastDay {
  services: Map<string, DayCounts>;
  strangers: Map<string, Strangers>;
  /** Share in [0, 1] of what the metric counts that has lost even the name of its service. */
  lostShare: number;
}

const NO_COUNTS: DayCounts = {
  requests: 0,
  failures: 0,
  firstFailures: 0,
  unpaired: 0,
  unknown: 0,
  overflown: 0,
  falls: 0,
};

/**
 * Marks of series that take what would be too many: by the SDKs of OpenTelemetry and the Collector, and by Tempo's
 * metrics-generator. They have no other label of the metric.
 */
const OVERFLOW_LABELS = [
  'otel_metric_overflow',
  'otel.metric.overflow',
  'metric_overflow',
];

/** Asks once for the last day of all services of a dialect; undefined for templates, which have no shape that is known. */
export async function countLastDay(
  client: PrometheusClient,
  dialect: Dialect,
  {
    at,
    countsUnpaired,
    labels,
    signal,
  }: {
    at: Date;
    countsUnpaired: boolean;
    /** Of the metric of the dialect. */
    labels: ReadonlySet<string> | undefined;
    signal?: AbortSignal;
  },
): Promise<LastDay | undefined> {
  const { source, serviceLabel } = dialect;
  if (isTemplate(source)) {
    return undefined;
  }
  const by = identifyingLabels(dialect);
  const parts = partsOf(source, by);
  if (!source.isNative) {
    parts.set('falls', sumBy(by, fallsOfTwoWriters(selectTotal(source))));
  }
  if (countsUnpaired) {
    parts.set(
      'unpaired',
      sumBy(
        [serviceLabel],
        roughIncrease(
          { ...vector(UNPAIRED_SPANS), scrapers: source.scrapers },
          DAY_SECONDS,
        ),
      ),
    );
  }
  const overflowLabel = OVERFLOW_LABELS.find(label => labels?.has(label));
  if (overflowLabel !== undefined) {
    const { metric, scrapers, isNative } = source;
    const increaseOf = (matchers: readonly LabelMatcher[]) =>
      roughIncrease(
        { ...vector(metric, matchers), scrapers },
        DAY_SECONDS,
        isNative,
      );
    const isOverflow = {
      label: overflowLabel,
      operator: '=' as const,
      value: 'true',
    };
    parts.set('overflow', sumBy(by, increaseOf([isOverflow])));
    parts.set('everything', sumBy([], increaseOf([])));
  }
  strangerParts(dialect, labels).forEach((part, name) => parts.set(name, part));
  const { data } = await client.queryAt({
    expression: labelledUnion(PART_LABEL, parts),
    at,
    subject: `${source.metric} of the last day`,
    signal,
  });
  const services = new Map<string, DayCounts>();
  let everything = 0;
  let lost = 0;
  for (const { metric, values } of data) {
    const name = nameIn(dialect, metric);
    const value = values.length > 0 ? sampleValue(values[0][1]) : NaN;
    if (!Number.isFinite(value) || value < 0) {
      continue;
    }
    if (!name) {
      if (metric[PART_LABEL] === 'everything') everything = value;
      if (metric[PART_LABEL] === 'overflow') lost = value;
      continue;
    }
    const known = services.get(name) ?? { ...NO_COUNTS };
    services.set(name, known);
    switch (metric[PART_LABEL]) {
      case 'requests': {
        const kind = kindOfOutcome(
          source.outcome,
          metric[source.outcome.label],
        );
        if (kind === 'unknown') {
          known.unknown += value;
          break;
        }
        known.requests += value;
        if (kind === 'failed') {
          known.failures = Math.max(known.failures, value);
        }
        break;
      }
      case 'overflow':
        known.overflown = value;
        break;
      case 'falls':
        known.falls = value;
        break;
      case 'failures':
        known.failures = Math.max(known.failures, value);
        break;
      case 'first failures':
        known.firstFailures = value;
        break;
      case 'unpaired':
        known.unpaired = value;
        break;
      default:
    }
  }
  return {
    services,
    strangers: readStrangers(dialect, data),
    lostShare: everything > 0 ? lost / everything : 0,
  };
}

function partsOf(
  source: RequestCounter,
  by: readonly string[],
): Map<string, InstantExpression> {
  const total = selectTotal(source);
  const { outcome, failedMetric } = source;
  const failures = selectFailures(source, total);
  const parts = new Map<string, InstantExpression>([
    [
      'requests',
      sumBy(
        [...by, outcome.label],
        withOutcome(
          roughIncrease(total, DAY_SECONDS, source.isNative),
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
        addUpFailures(failures, selector =>
          roughIncrease(selector, DAY_SECONDS),
        ),
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
  const targets = targetLabels(selector);
  return countedOnce(
    selector,
    binary(
      binary(overDay('min_over_time', selector), 'unless', then(selector)),
      'and',
      groupBy(targets, then(witnesses)),
      targets,
    ),
  );
}

/** Fewer falls in a day do little harm, and may be restarts. */
const FEWEST_FALLS = 12;
const QUARTER_SECONDS = DAY_SECONDS / 4;

/**
 * How often each series fell in the last day that is written by two. A restarted counter begins at 0, so that its lowest
 * and its highest values come and go; two writers take turns, and as each of them only counts on, both the lowest and the
 * highest value of a quarter of the day are never below those of the quarter before.
 */
function fallsOfTwoWriters(selector: VectorSelector): InstantExpression {
  const neverSinks = (name: 'min_over_time' | 'max_over_time') => {
    const quarter = (index: number) =>
      call(name, {
        type: 'range',
        vector: { ...selector, offsetSeconds: index * QUARTER_SECONDS },
        rangeSeconds: QUARTER_SECONDS,
      });
    return [0, 1, 2]
      .map(index => binary(quarter(index), '>=', quarter(index + 1)))
      .reduce((all, one) => binary(all, 'and', one));
  };
  return binary(
    binary(
      binary(overDay('resets', selector), '>=', number(FEWEST_FALLS)),
      'and',
      neverSinks('min_over_time'),
    ),
    'and',
    neverSinks('max_over_time'),
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
