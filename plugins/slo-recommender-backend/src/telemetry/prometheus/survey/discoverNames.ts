import type { HourRange } from 'backstage-plugin-slo-recommender-node';
import type { PrometheusClient } from '../client';
import { isTemplate, type Dialect } from '../dialects';
import { selectTotal } from '../requestCounter';
import { answerUnlessUnsupported } from './unsupported';

export interface DiscoveredNames {
  /** Every service of the dialect in the range; undefined where the server cannot tell, and all may be there. */
  names?: ReadonlySet<string>;
  warnings: string[];
}

/** Asks which services a dialect knows in the range. Where that cannot be told, it is left to the counts to show. */
export async function discoverNames(
  client: PrometheusClient,
  { source, serviceLabel }: Dialect,
  range: HourRange,
  signal?: AbortSignal,
): Promise<DiscoveredNames> {
  if (isTemplate(source)) {
    return { warnings: [] };
  }
  const answer = await answerUnlessUnsupported(() =>
    client.labelValues({
      label: serviceLabel,
      selector: selectTotal(source),
      start: range.from,
      end: range.to,
      subject: `names of services (${source.metric})`,
      signal,
    }),
  );
  return answer === undefined || answer.warnings.length > 0
    ? { warnings: answer?.warnings ?? [] }
    : { names: new Set(answer.data), warnings: [] };
}
