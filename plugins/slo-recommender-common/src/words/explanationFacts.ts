import type { Backtest } from '../schemas/backtest';
import type { DataQuality } from '../schemas/dataQuality';
import type { LatencyProfile } from '../schemas/latency';
import type { Recommendation } from '../schemas/recommendations';
import { formatRatio } from './ratios';
import { formatSeconds } from './slis';

/** All that an explanation may say: every number of the text is one of these. */
export interface ExplanationFacts extends Pick<
  Recommendation,
  | 'verdict'
  | 'achieved'
  | 'requests'
  | 'expectedRequests'
  | 'promised'
  | 'curve'
  | 'tiers'
  | 'level'
  | 'confidence'
  | 'calibration'
  | 'borrowed'
  | 'regime'
  | 'exclusions'
  | 'thresholdSeconds'
> {
  /** ISO 8601 duration of the objective window. */
  window: string;
  /** The same of a longer one that would leave room for a few failures if this one has none; null if none is advised. */
  longerWindow: string | null;
  backtest: Pick<Backtest, 'judged' | 'kept'> | null;
  latency: Pick<LatencyProfile, 'reason'> | null;
  dataQuality: Pick<DataQuality, 'completeness' | 'historyDays' | 'simulated'>;
}

/** How an explanation speaks of good and bad requests. */
export interface SliWords {
  /** What is promised, of an objective. */
  promise(objective: number): string;
  /** What good requests did, and bad ones do: `succeeded`, `fail`. */
  succeeded: string;
  fail: string;
  /** One that was bad: `failed request`. */
  failedRequest: string;
}

export function wordsFor(thresholdSeconds: number | undefined): SliWords {
  if (thresholdSeconds === undefined) {
    return {
      promise: objective => `${formatRatio(objective)} availability`,
      succeeded: 'succeeded',
      fail: 'fail',
      failedRequest: 'failed request',
    };
  }
  const threshold = formatSeconds(thresholdSeconds);
  return {
    promise: objective =>
      `that ${formatRatio(objective)} of requests are served within ${threshold}`,
    succeeded: `were served within ${threshold}`,
    fail: 'are too slow',
    failedRequest: 'slow request',
  };
}
