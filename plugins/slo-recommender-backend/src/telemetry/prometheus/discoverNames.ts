import type { HourRange } from 'backstage-plugin-slo-recommender-node';
import { PrometheusRequestError, type PrometheusClient } from './client';
import { selectTotal, type Dialect } from './dialects';

export interface DiscoveredNames {
  /** Every service of the dialect in the range; undefined where the server cannot tell, and all may be there. */
  names?: ReadonlySet<string>;
  warnings: string[];
}

/**
 * Asks which services a dialect knows in the range. Some kin of Prometheus do not support the question or limit its
 * range: then nothing is ruled out, and it is left to the counts to show who is there.
 */
export async function discoverNames(
  client: PrometheusClient,
  dialect: Dialect,
  range: HourRange,
  signal?: AbortSignal,
): Promise<DiscoveredNames> {
  try {
    const { data, warnings } = await client.labelValues({
      label: dialect.serviceLabel,
      selector: selectTotal(dialect),
      start: range.from,
      end: range.to,
      subject: `names of services (${dialect.metric})`,
      signal,
    });
    return { names: warnings.length ? undefined : new Set(data), warnings };
  } catch (error) {
    if (
      error instanceof PrometheusRequestError &&
      (error.failure === 'unsupported' || error.failure === 'too-much')
    ) {
      return { warnings: [] };
    }
    throw error;
  }
}
