import type { HourRange } from 'backstage-plugin-slo-recommender-node';
import type { PrometheusClient } from '../client/PrometheusClient';
import { sampleValue } from '../client/api';
import { answerIfPossible } from '../client/failures';
import { exceptElsewhere } from '../dialects/forms';
import { selectTotal } from '../dialects/outcomes';
import { type Dialect, isTemplate } from '../dialects/types';
import { countHours, HOUR_SECONDS } from '../hours';
import { call, countBy, groupBy, sumBy } from '../promql/expressions';

/** Instants that a range is looked at, at most: 28 days every 6 hours. */
const MAX_INSTANTS = 112;

/**
 * At how many instants, spread evenly over the range, each name of a dialect had a series: enough to see whether
 * another dialect knows it for longer. Undefined if that is unknown.
 */
export async function countKnownHours(
  client: PrometheusClient,
  { source, serviceLabel }: Dialect,
  range: HourRange,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, number> | undefined> {
  if (isTemplate(source)) {
    return undefined;
  }
  const hours = countHours(range);
  const stepHours = Math.ceil(hours / MAX_INSTANTS);
  const present = call('sum_over_time', {
    type: 'subquery',
    expression: groupBy(
      [serviceLabel],
      exceptElsewhere(selectTotal(source), source, selector => selector),
    ),
    // half a step short: whether the start of a range is part of it differs between versions of Prometheus
    rangeSeconds: (hours - stepHours / 2) * HOUR_SECONDS,
    stepSeconds: stepHours * HOUR_SECONDS,
  });
  const answer = await answerIfPossible(
    () =>
      client.queryAt({
        expression: sumBy([serviceLabel], present),
        at: range.to,
        subject: `hours with ${source.metric}`,
        signal,
      }),
    signal,
  );
  return (
    answer &&
    new Map(
      answer.data.flatMap(({ metric, values }): [string, number][] =>
        values.length > 0
          ? [[metric[serviceLabel] ?? '', sampleValue(values[0][1])]]
          : [],
      ),
    )
  );
}

/**
 * How many series each service of a dialect has at an instant, by the value of its label; undefined where the server
 * cannot say: it is an estimate that the fetching can do without.
 */
export async function countSeries(
  client: PrometheusClient,
  { source, serviceLabel }: Pick<Dialect, 'source' | 'serviceLabel'>,
  at: Date,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, number> | undefined> {
  if (isTemplate(source)) {
    return undefined;
  }
  const answer = await answerIfPossible(
    () =>
      client.queryAt({
        expression: countBy([serviceLabel], selectTotal(source)),
        at,
        subject: `the number of series of ${source.metric}`,
        signal,
      }),
    signal,
  );
  return (
    answer &&
    new Map(
      answer.data.flatMap(({ metric, values }) => {
        const count = sampleValue(values.at(-1)?.[1] ?? '');
        const name = metric[serviceLabel];
        return name && count > 0 ? [[name, count]] : [];
      }),
    )
  );
}
