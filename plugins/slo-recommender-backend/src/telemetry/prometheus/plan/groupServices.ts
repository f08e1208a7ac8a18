import type {
  HourRange,
  TelemetryRequestOptions,
  TelemetryService,
} from 'backstage-plugin-slo-recommender-node';
import type { PrometheusClient } from '../client';
import { identify } from '../identity';
import type { DatasourceSurvey } from '../survey';
import { isShort, seriesPerQuery, servicesPerAnswer } from './querySize';
import { countSeries } from './seriesCounts';

/** Series that a service is taken to have where that cannot be told. */
const USUAL_SERIES = 20;

/**
 * Services that are asked for at once over weeks: a fleet of 5,000 is 167 questions then, so that few of them are asked
 * again after a fetch that was cut off.
 */
const SERVICES_PER_LONG_QUERY = 30;

/** Puts together services so that one query over the range does for each group, as far as that can be estimated. */
export async function groupServices<S extends TelemetryService>(
  client: PrometheusClient,
  survey: DatasourceSurvey,
  services: readonly S[],
  range: HourRange,
  { signal }: TelemetryRequestOptions,
): Promise<S[][]> {
  const atOnce = servicesPerAnswer(range);
  if (services.length <= atOnce && isShort(range)) {
    return services.length > 0 ? [[...services]] : [];
  }
  const perGroup = isShort(range)
    ? atOnce
    : Math.min(atOnce, SERVICES_PER_LONG_QUERY);
  const seriesOf = await estimateSeries(
    client,
    survey,
    services,
    range,
    signal,
  );
  const maxSeries = seriesPerQuery(range);
  const groups: S[][] = [];
  let room = 0;
  for (const service of services) {
    const series = seriesOf.get(service) ?? USUAL_SERIES;
    const group = groups.at(-1);
    if (group && group.length < perGroup && series <= room) {
      group.push(service);
      room -= series;
    } else {
      groups.push([service]);
      room = maxSeries - series;
    }
  }
  return groups;
}

/** Series of each service in the dialect that its counts will come from. */
async function estimateSeries<S extends TelemetryService>(
  client: PrometheusClient,
  survey: DatasourceSurvey,
  services: readonly S[],
  range: HourRange,
  signal: AbortSignal | undefined,
): Promise<Map<S, number>> {
  const estimates = new Map<S, number>();
  const { dialects } = await survey.resolve(range, signal);
  let unresolved = services;
  for (const dialect of dialects) {
    if (unresolved.length === 0) {
      break;
    }
    const known = (await survey.namesOf(dialect, range, signal)).names;
    if (known?.size === 0) {
      continue;
    }
    const { labelValues } = identify(
      unresolved.flatMap(({ telemetryNames }) => telemetryNames),
      known,
      dialect.isQualified === true,
    );
    if (labelValues.size === 0) {
      continue;
    }
    const counts = await countSeries(client, dialect, range.to, signal);
    unresolved = unresolved.filter(service => {
      const values = service.telemetryNames.flatMap(
        name => labelValues.get(name) ?? [],
      );
      if (values.length === 0) {
        return true;
      }
      estimates.set(
        service,
        values.reduce(
          (sum, value) => sum + (counts?.get(value) ?? USUAL_SERIES),
          0,
        ),
      );
      return false;
    });
  }
  return estimates;
}
