import {
  allThresholdSeries,
  candidateThresholds,
  type CountSeries,
  type DailyHistory,
  dailyHistory,
  type LatencyHistory,
  type LatencyProfile,
  latencyProfile,
} from 'backstage-plugin-slo-recommender-engine';
import {
  isSameThreshold,
  type LatencyObjective,
} from 'backstage-plugin-slo-recommender-common';
import { HOUR_MS } from '../../kernel/time/hours';
import {
  type HistoryQuestion,
  type StudiedHistory,
  studyHistory,
} from './studyHistory';

/** The SLI "faster than the threshold" for one threshold. */
export interface StudiedThreshold extends StudiedHistory {
  thresholdSeconds: number;
  days: DailyHistory;
}

/** The latencies of one service. */
export interface StudiedLatency {
  profile: LatencyProfile;
  /** Fastest first; none where the histogram has no boundary at which an objective is worth a study. */
  thresholds: StudiedThreshold[];
  promised: LatencyObjective | null;
}

/** The latencies, with those of hours without requests: there are none, which is not the same as unknown. */
export function withIdleHours(
  latencies: LatencyHistory,
  { startMs, total, unknown }: CountSeries,
): LatencyHistory {
  const offset = (latencies.startMs - startMs) / HOUR_MS;
  const [first] = latencies.counts;
  const idle = [...(first ?? []).keys()].filter(
    hour =>
      Number.isNaN(first[hour]) &&
      total[hour + offset] === 0 &&
      !unknown?.[hour + offset],
  );
  if (idle.length === 0) {
    return latencies;
  }
  return {
    ...latencies,
    counts: latencies.counts.map(bucket => {
      const counts = Float64Array.from(bucket);
      for (const hour of idle) counts[hour] = 0;
      return counts;
    }),
  };
}

/** Studies the SLIs "faster than the threshold" at the thresholds that are worth it. */
export function studyLatency(
  history: LatencyHistory,
  promised: LatencyObjective | null,
  question: Omit<HistoryQuestion, 'promisedObjective'>,
): StudiedLatency {
  const asked = { ...question, promised: promised ?? undefined };
  const candidates = candidateThresholds(history, asked);
  return {
    profile: latencyProfile(history, asked),
    promised,
    thresholds: allThresholdSeries(history, candidates).map((series, i) => {
      const thresholdSeconds = history.boundsSeconds[candidates[i]];
      const isPromised = isSameThreshold(
        thresholdSeconds,
        promised?.thresholdSeconds,
      );
      return {
        thresholdSeconds,
        days: dailyHistory(series, question),
        ...studyHistory(series, {
          ...question,
          promisedObjective: isPromised ? promised?.objective : undefined,
        }),
      };
    }),
  };
}
