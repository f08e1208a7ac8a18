import {
  type LatencyHistory,
  type Random,
} from 'backstage-plugin-slo-recommender-engine';
import {
  DAILY_REQUESTS,
  logNormal,
  logUniform,
  poisson,
  SIMULATION_START_MS,
} from '../fleet';

/** Boundaries that OpenTelemetry has by default, in seconds. */
const BOUNDS = [
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
];

/** Log-logistic: the odds of being slower fall with this power of the latency. */
const SHAPE = 2.2;

/** Requests by hour and bucket of a service whose median latency, 10 ms to 1 s, is another every day. */
export function simulateLatencies(
  days: number,
  random: Random,
): LatencyHistory {
  const requestsPerHour = logUniform(random, ...DAILY_REQUESTS) / 24;
  const usualMedian = logUniform(random, 0.01, 1);
  const counts = Array.from(
    { length: BOUNDS.length + 1 },
    () => new Float64Array(days * 24),
  );
  for (let day = 0; day < days; day++) {
    const median = usualMedian * logNormal(random, 0, 0.15);
    const within = BOUNDS.map(bound => 1 / (1 + (median / bound) ** SHAPE));
    for (let bucket = 0; bucket < counts.length; bucket++) {
      const share = (within[bucket] ?? 1) - (within[bucket - 1] ?? 0);
      for (let hour = 24 * day; hour < 24 * day + 24; hour++) {
        counts[bucket][hour] = poisson(random, requestsPerHour * share);
      }
    }
  }
  return {
    startMs: SIMULATION_START_MS,
    boundsSeconds: Float64Array.from(BOUNDS),
    counts,
  };
}
