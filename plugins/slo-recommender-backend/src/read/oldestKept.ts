import type { SloRecommenderConfig } from '../kernel/config/readSloRecommenderConfig';

/** The instant before which neither counts nor events are of use any more. */
export const oldestKept = (
  config: Pick<SloRecommenderConfig, 'lookbackMs' | 'historyRetentionMs'>,
  now: Date,
) => new Date(now.getTime() - config.lookbackMs - config.historyRetentionMs);
