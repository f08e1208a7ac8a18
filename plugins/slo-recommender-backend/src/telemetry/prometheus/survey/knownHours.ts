import type { HourRange } from 'backstage-plugin-slo-recommender-node';
import { countHours } from '../bins';
import { PrometheusRequestError, type PrometheusClient } from '../client';
import { isTemplate, type Dialect } from '../dialects';
import { call, groupBy, sumBy } from '../promql';
import { sampleValue, selectTotal } from '../requestCounter';

const HOUR_SECONDS = 3600;

/** Instants that a range is looked at, at most: 28 days every 6 hours. */
const MAX_INSTANTS = 112;

/**
 * At how many instants, spread evenly over the range, each name of a dialect had a series: enough to tell whether
 * another dialect knows it for longer. Undefined where that cannot be told.
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
    expression: groupBy([serviceLabel], selectTotal(source)),
    // half a step short: whether the start of a range is part of it differs between versions of Prometheus
    rangeSeconds: (hours - stepHours / 2) * HOUR_SECONDS,
    stepSeconds: stepHours * HOUR_SECONDS,
  });
  try {
    const { data } = await client.queryRange({
      expression: sumBy([serviceLabel], present),
      start: range.to,
      end: range.to,
      stepSeconds: HOUR_SECONDS,
      subject: `hours with ${source.metric}`,
      signal,
    });
    return new Map(
      data.flatMap(({ metric, values }): [string, number][] =>
        values.length > 0
          ? [[metric[serviceLabel] ?? '', sampleValue(values[0][1])]]
          : [],
      ),
    );
  } catch (error) {
    if (error instanceof PrometheusRequestError) {
      return undefined;
    }
    throw error;
  }
}
