import type { HourRange } from 'backstage-plugin-slo-recommender-node';
import type { PrometheusClient } from '../client/PrometheusClient';
import { type MatrixSeries, sampleValue } from '../client/api';
import { exceptElsewhere } from '../dialects/forms';
import {
  addUpFailures,
  selectFailures,
  selectTotal,
  TEMPLATE_OUTCOME,
  withOutcome,
} from '../dialects/outcomes';
import {
  isTemplate,
  type Outcome,
  type RequestCounter,
  type RequestTemplate,
  SILENCE_LABEL,
  type TemplateText,
} from '../dialects/types';
import { addHours, binEndingAt, HOUR_SECONDS } from '../hours';
import {
  binary,
  call,
  type InstantExpression,
  type LabelMatcher,
  sumBy,
  type VectorSelector,
  withLabel,
} from '../promql/expressions';
import { hourlyIncrease } from '../promql/hourlyIncrease';
import { silentHours } from '../promql/silentHours';
import { inSlices } from './inSlices';
import type { OutcomeSamples } from './outcomeSamples';

/** What of a request counter is asked for. */
interface CounterQuery {
  counter: RequestCounter | RequestTemplate;
  /** Labels to count by; everything else is summed over. */
  by: readonly string[];
  /** Values of the first of these labels that are asked for; all of them by default. */
  names?: readonly string[];
  /** See {@link hourlyIncrease}. */
  witnesses?: readonly LabelMatcher[];
  /** Whether to look for hours in which those asked for were silent, see {@link silentHours}. */
  findsSilence?: boolean;
  range: HourRange;
  /** Length of the bins of the counts; the range is a whole number of them. */
  binHours: 1 | 24;
  /** Whose requests, as error messages say it: '12 services'. */
  subject: string;
  signal: AbortSignal;
}

export interface CounterAnswer {
  query: CounterQuery;
  /** By the labels of the query and the outcome label. */
  totals: MatrixSeries[];
  /** By the labels of the query, at the hours in which those asked for were silent. */
  silence: MatrixSeries[];
  /** By the labels of the query; empty where failures have no counter of their own. */
  failures: MatrixSeries[];
  warnings: string[];
}

/** Asks for requests by outcome, and for failures where they have a counter of their own. */
export async function queryRequestCounter(
  client: PrometheusClient,
  query: CounterQuery,
): Promise<CounterAnswer> {
  const { range, binHours, signal } = query;
  const { totals: askedTotals, failures: askedFailures } = hourlyCounts(query);
  const ask = ({ expression, subject }: HourlyCount) =>
    client.queryRange({
      expression: sumBins(expression, binHours),
      start: addHours(range.from, binHours),
      end: range.to,
      stepSeconds: binHours * HOUR_SECONDS,
      services: query.names?.length,
      subject: `${subject} of ${query.subject}`,
      signal,
    });
  const totals = await ask(askedTotals);
  const failures = askedFailures
    ? await ask(askedFailures)
    : { data: [], warnings: [] };
  const isSilence = ({ metric }: MatrixSeries) => SILENCE_LABEL in metric;
  return {
    query,
    totals: totals.data.filter(series => !isSilence(series)),
    silence: totals.data.filter(isSilence),
    failures: failures.data,
    warnings: [...totals.warnings, ...failures.warnings],
  };
}

/** Counts of one hour, and what they are, as error messages say it. */
interface HourlyCount {
  expression: InstantExpression;
  subject: string;
}

/** Requests by outcome, and failures where they are counted apart. */
function hourlyCounts({
  counter,
  by,
  names,
  witnesses,
  findsSilence,
}: CounterQuery): {
  totals: HourlyCount;
  failures?: HourlyCount;
} {
  if (isTemplate(counter)) {
    return {
      totals: {
        expression: fillTemplate(counter.requests, names ?? []),
        subject: 'the template for requests',
      },
      failures: {
        expression: fillTemplate(counter.failures, names ?? []),
        subject: 'the template for failures',
      },
    };
  }
  const narrowing: LabelMatcher[] = names
    ? [{ label: by[0], operator: 'in', values: names }]
    : [];
  const total = selectTotal(counter, narrowing);
  // what is not selected is a sign of life all the same
  const alive = witnesses ?? [...counter.matchers, ...narrowing];
  const increaseOf = (selector: VectorSelector) =>
    hourlyIncrease(selector, alive, counter);
  const increase = exceptElsewhere(increaseOf(total), counter, selector =>
    call('last_over_time', {
      type: 'range',
      vector: selector,
      rangeSeconds: HOUR_SECONDS,
    }),
  );
  const { metric, outcome } = counter;
  const failures = selectFailures(counter, total);
  const counted = sumBy([...by, outcome.label], withOutcome(increase, outcome));
  return {
    totals: {
      expression:
        findsSilence && !counter.isNative
          ? binary(
              counted,
              'or',
              withLabel(silentHours(total, by, alive), SILENCE_LABEL, 'true'),
            )
          : counted,
      subject: metric,
    },
    ...(failures && {
      failures: {
        expression: sumBy(by, addUpFailures(failures, increaseOf)),
        subject: failures.counted.metric ?? metric,
      },
    }),
  };
}

function fillTemplate(
  template: TemplateText,
  names: readonly string[],
): InstantExpression {
  return {
    type: 'template',
    parts: template.map(part => {
      if ('text' in part) {
        return part.text;
      }
      return part.place === 'range'
        ? `${HOUR_SECONDS}s`
        : { alternatives: names };
    }),
  };
}

export function outcomeOf(counter: CounterQuery['counter']): Outcome {
  return isTemplate(counter) ? TEMPLATE_OUTCOME : counter.outcome;
}

/** Adds up the hourly values that lie in the bin. */
function sumBins(
  hourly: InstantExpression,
  binHours: number,
): InstantExpression {
  return binHours === 1
    ? hourly
    : call('sum_over_time', {
        type: 'subquery',
        expression: hourly,
        // Half an hour short of the bin: whether the start of a range is part of it differs between versions of
        // Prometheus, and the last hour of the bin before must stay out in all of them.
        rangeSeconds: (binHours - 0.5) * HOUR_SECONDS,
        stepSeconds: HOUR_SECONDS,
      });
}

/**
 * Records an answer in the samples that `samplesOf` finds for the labels of a series; series for which it finds none
 * are left out. The bins of the samples begin at `start`.
 */
export async function recordAnswer(
  { query, totals, failures }: CounterAnswer,
  start: Date,
  samplesOf: (labels: Record<string, string>) => OutcomeSamples | undefined,
): Promise<void> {
  const binOf = binsSince(start, query);
  const { label } = outcomeOf(query.counter);
  await inSlices(totals, ({ metric, values }) => {
    const outcome = metric[label] ?? '';
    const samples = samplesOf(metric);
    for (const [time, value] of values) {
      const bin = binOf(time);
      if (bin !== undefined) {
        samples?.recordTotal(outcome, bin, sampleValue(value));
      }
    }
  });
  await inSlices(failures, ({ metric, values }) => {
    const samples = samplesOf(metric);
    for (const [time, value] of values) {
      const bin = binOf(time);
      if (bin !== undefined) {
        samples?.recordFailures(bin, sampleValue(value));
      }
    }
  });
}

/** Marks the hours of an answer in which services were silent; the hours that `hoursOf` returns begin at `start`. */
export function recordSilence(
  { query, silence }: CounterAnswer,
  start: Date,
  hoursOf: (labels: Record<string, string>) => Uint8Array | undefined,
): void {
  const binOf = binsSince(start, query);
  for (const { metric, values } of silence) {
    const hours = hoursOf(metric);
    for (const [time] of values) {
      const bin = binOf(time);
      if (hours && bin !== undefined) hours[bin] = 1;
    }
  }
}

function binsSince(start: Date, { range, binHours }: CounterQuery) {
  return (unixSeconds: number) =>
    binEndingAt(unixSeconds, { from: start, to: range.to }, binHours);
}
