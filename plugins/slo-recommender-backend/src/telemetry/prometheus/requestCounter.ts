import type { HourRange } from 'backstage-plugin-slo-recommender-node';
import { addHours, binEndingAt } from './bins';
import type { MatrixSeries, PrometheusClient } from './client';
import { hourlyIncrease } from './hourlyIncrease';
import { selectTotal, type RequestCounter } from './dialects';
import type { OutcomeSamples } from './outcomeSamples';
import {
  call,
  sumBy,
  type InstantExpression,
  type LabelMatcher,
} from './promql';

/** What of a request counter is asked for. */
export interface CounterQuery {
  counter: RequestCounter;
  /** Labels that tell apart what is counted; everything else is summed over. */
  by: readonly string[];
  narrowing?: readonly LabelMatcher[];
  /** See {@link hourlyIncrease}. */
  witnesses?: readonly LabelMatcher[];
  range: HourRange;
  /** Length of the bins that counts are told in; the range is a whole number of them. */
  binHours: 1 | 24;
  /** Whose requests, as error messages say it: '12 services'. */
  subject: string;
  signal: AbortSignal;
}

export interface CounterAnswer {
  query: CounterQuery;
  /** By the labels of the query and the outcome label. */
  totals: MatrixSeries[];
  /** By the labels of the query; empty where failures have no counter of their own. */
  failures: MatrixSeries[];
  warnings: string[];
}

/** Asks for requests by outcome, and for failures where they have a counter of their own. */
export async function queryRequestCounter(
  client: PrometheusClient,
  query: CounterQuery,
): Promise<CounterAnswer> {
  const { counter, by, narrowing, witnesses, range, binHours, signal } = query;
  const total = selectTotal(counter, narrowing);
  const ask = (metric: string, labels: readonly string[]) =>
    client.queryRange({
      expression: sumBins(
        sumBy(labels, hourlyIncrease({ ...total, metric }, witnesses)),
        binHours,
      ),
      start: addHours(range.from, binHours),
      end: range.to,
      stepSeconds: binHours * 3600,
      subject: `${metric} of ${query.subject}`,
      signal,
    });
  const totals = await ask(counter.metric, [...by, counter.outcome.label]);
  const failures = counter.failedMetric
    ? await ask(counter.failedMetric, by)
    : { data: [], warnings: [] };
  return {
    query,
    totals: totals.data,
    failures: failures.data,
    warnings: [...totals.warnings, ...failures.warnings],
  };
}

/** Prometheus writes numbers as text; an empty text is none, and not the 0 that `Number` makes of it. */
function sampleValue(text: string): number {
  return text.trim() === '' ? NaN : Number(text);
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
        rangeSeconds: (binHours - 0.5) * 3600,
        stepSeconds: 3600,
      });
}

/**
 * Records an answer in the samples that `samplesOf` finds for the labels of a series; series for which it finds none
 * are left out. The bins of the samples begin at `start`.
 */
export function recordAnswer(
  { query, totals, failures }: CounterAnswer,
  start: Date,
  samplesOf: (labels: Record<string, string>) => OutcomeSamples | undefined,
): void {
  const binOf = (unixSeconds: number) =>
    binEndingAt(
      unixSeconds,
      { from: start, to: query.range.to },
      query.binHours,
    );
  for (const { metric, values } of totals) {
    const outcome = metric[query.counter.outcome.label] ?? '';
    const samples = samplesOf(metric);
    for (const [time, value] of values) {
      const bin = binOf(time);
      if (bin !== undefined) {
        samples?.recordTotal(outcome, bin, sampleValue(value));
      }
    }
  }
  for (const { metric, values } of failures) {
    const samples = samplesOf(metric);
    for (const [time, value] of values) {
      const bin = binOf(time);
      if (bin !== undefined) {
        samples?.recordFailures(bin, sampleValue(value));
      }
    }
  }
}
