import type {
  HourRange,
  TelemetryRequestOptions,
  TelemetryService,
} from 'backstage-plugin-slo-recommender-node';
import { identifyIn, valuesOf } from '../dialects/identity';
import { type Dialect, isTemplate } from '../dialects/types';
import { isShort } from '../hours';
import type { DatasourceSurvey } from '../survey/DatasourceSurvey';
import { cutIntoGroups, seriesPerQuery, servicesPerAnswer } from './parts';

/** Series assumed of a service if they cannot be counted. */
const USUAL_SERIES = 20;

/**
 * Services that one query over weeks asks for: a fleet of 5,000 is 167 questions then, so that few of them are asked
 * again after a fetch that was cut off.
 */
const SERVICES_PER_LONG_QUERY = 30;

/** Services whose counts will come from the same dialect. */
interface Share<S> {
  /** Queries that one group of them takes: 0 where no dialect knows them. */
  queries: 0 | 1 | 2;
  members: { service: S; series: number }[];
}

/**
 * Puts together services so that one query over the range does for each group, as far as that can be estimated; two
 * where requests and failures are counted apart, and the groups are twice as large then.
 */
export async function groupServices<S extends TelemetryService>(
  survey: DatasourceSurvey,
  services: readonly S[],
  range: HourRange,
  { signal }: TelemetryRequestOptions,
): Promise<S[][]> {
  const atOnce = servicesPerAnswer(range);
  if (services.length <= atOnce && isShort(range)) {
    return services.length > 0 ? [[...services]] : [];
  }
  const shares = await shareOut(survey, services, range, signal);
  return shares.flatMap(({ queries, members }) =>
    cutIntoGroups(members, {
      services:
        isShort(range) || queries === 0
          ? atOnce
          : Math.min(atOnce, queries * SERVICES_PER_LONG_QUERY),
      series: seriesPerQuery(range),
    }),
  );
}

/** Shares the services out among the dialects that their counts will come from. */
async function shareOut<S extends TelemetryService>(
  survey: DatasourceSurvey,
  services: readonly S[],
  range: HourRange,
  signal: AbortSignal | undefined,
): Promise<Share<S>[]> {
  const shares: Share<S>[] = [];
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
    const identified = identifyIn(
      dialect,
      unresolved.flatMap(({ telemetryNames }) => telemetryNames),
      known,
    );
    if (identified.labelValues.size + identified.ambiguous.size === 0) {
      continue;
    }
    const counts = await survey.seriesOf(dialect, range, signal);
    const members: Share<S>['members'] = [];
    unresolved = unresolved.filter(service => {
      const values = valuesOf(service, identified);
      const series = values.reduce(
        (sum, value) => sum + (counts?.get(value) ?? USUAL_SERIES),
        0,
      );
      if (values.length > 0) members.push({ service, series });
      return values.length === 0;
    });
    shares.push({ queries: queriesOf(dialect), members });
  }
  const unknown = unresolved.map(service => ({ service, series: 0 }));
  return [...shares, { queries: 0, members: unknown }];
}

function queriesOf({ source }: Dialect): 1 | 2 {
  return isTemplate(source) || source.failedMetric !== undefined ? 2 : 1;
}
