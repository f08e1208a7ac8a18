import { PrometheusRequestError, type PrometheusClient } from '../client';
import { isTemplate, type Dialect } from '../dialects';
import { countBy } from '../promql';
import { sampleValue, selectTotal } from '../requestCounter';

/**
 * How many series each service of a dialect has at an instant, by the value of its label; undefined where the server
 * cannot tell: it is an estimate that the fetching can do without.
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
  try {
    const { data } = await client.queryRange({
      expression: countBy([serviceLabel], selectTotal(source)),
      start: at,
      end: at,
      stepSeconds: 3600,
      subject: `the number of series of ${source.metric}`,
      signal,
    });
    return new Map(
      data.flatMap(({ metric, values }) => {
        const count = sampleValue(values.at(-1)?.[1] ?? '');
        const name = metric[serviceLabel];
        return name && count > 0 ? [[name, count]] : [];
      }),
    );
  } catch (error) {
    if (error instanceof PrometheusRequestError && error.failure !== 'paused') {
      return undefined;
    }
    throw error;
  }
}
