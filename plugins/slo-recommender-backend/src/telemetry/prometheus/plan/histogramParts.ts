import type { HourRange } from 'backstage-plugin-slo-recommender-node';
import { countHours } from '../bins';
import type { Part } from '../parts';
import { cutIntoGroups } from './cutIntoGroups';
import { asksForEveryName, namesPerQuery } from './querySize';

/** Buckets that a histogram is taken to have. */
const USUAL_BUCKETS = 20;

/** Series that a service is taken to have where that cannot be told. */
const USUAL_SERIES = 20 * USUAL_BUCKETS;

/** Values in one answer: 25 MB of JSON. */
const MAX_VALUES = 1_000_000;

/** Series and hours that one query may touch: Prometheus 2.42 takes ten seconds for them on one core. */
const MAX_SERIES_HOURS = 600_000;

/**
 * Cuts the names into parts so that one query over the range does for each, as far as that can be estimated: every
 * service has as many series as it has buckets, times over.
 *
 * @param everyName - all names that there are; undefined where that is not known.
 * @param seriesOf - number of series by name; undefined where that is not known.
 */
export function planHistogramParts(
  names: readonly string[],
  range: HourRange,
  known: {
    everyName: ReadonlySet<string> | undefined;
    seriesOf: ReadonlyMap<string, number> | undefined;
  },
): Part[] {
  const { everyName, seriesOf } = known;
  const hours = countHours(range);
  const histograms = Math.floor(MAX_VALUES / USUAL_BUCKETS / hours);
  const most = {
    services: Math.max(1, Math.min(namesPerQuery(range), histograms)),
    series: Math.floor(MAX_SERIES_HOURS / hours),
  };
  const series = (name: string) => seriesOf?.get(name) ?? USUAL_SERIES;
  const all = [...(everyName ?? [])];
  if (
    asksForEveryName(names, everyName, range) &&
    all.length <= histograms &&
    all.reduce((sum, name) => sum + series(name), 0) <= most.series
  ) {
    return [{ names, range, isEveryName: true }];
  }
  return cutIntoGroups(
    names.map(name => ({ service: name, series: series(name) })),
    most,
  ).map(some => ({ names: some, range, isEveryName: false }));
}
