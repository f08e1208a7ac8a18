import { isSameThreshold } from 'backstage-plugin-slo-recommender-common';
import {
  type CountSeries,
  thresholdSeries,
} from 'backstage-plugin-slo-recommender-engine';
import type { HourRange } from 'backstage-plugin-slo-recommender-node';
import { AVAILABILITY_COUNTS } from './history/countsCodec';
import { LATENCY_HISTOGRAMS } from './history/histogramsCodec';
import type { HourlyHistoryStore } from './history/HourlyHistoryStore';

/**
 * Reads the hourly counts of an SLO; undefined if its threshold is no boundary of the stored histograms.
 *
 * @param thresholdSeconds - of a latency SLO.
 */
export async function readSloSeries(
  history: HourlyHistoryStore,
  entityRef: string,
  thresholdSeconds: number | undefined,
  range: HourRange,
): Promise<CountSeries | undefined> {
  if (thresholdSeconds === undefined) {
    const stored = await history.read(AVAILABILITY_COUNTS, [entityRef], range);
    return stored.get(entityRef)?.series;
  }
  const stored = await history.read(LATENCY_HISTOGRAMS, [entityRef], range);
  const series = stored.get(entityRef)?.series;
  const bound = series?.boundsSeconds.findIndex(seconds =>
    isSameThreshold(seconds, thresholdSeconds),
  );
  return series && bound !== undefined && bound >= 0
    ? thresholdSeries(series, bound)
    : undefined;
}
