import type { Histogram } from 'backstage-plugin-slo-recommender-node';
import {
  COLLECTOR_BOUNDS_MILLISECONDS,
  type SimulatedLatency,
  type SimulatedService,
} from '../company';
import { binomial, normal, normalProbability } from './distributions';
import { createRandom, type Random } from './random';
import { hourOfDayFactor } from './rhythm';
import type { DayCounts } from './simulateDay';

/** Standard deviation of the logarithm of an hour's median: no two hours are alike. */
const HOURLY_DEVIATION = 0.05;

/** By how much the median grows with the traffic of the hour: it doubles at sixteen times as much. */
const LOAD_EXPONENT = 0.25;

/** How much longer requests take in an hour in which all of them fail. */
const SLOWDOWN = 4;

/** Failed requests have often waited for something that did not answer. */
const TIMED_OUT_SHARE = 0.7;
const TIME_OUT = { medianSeconds: 3, spread: 0.4 };

const COLD_START_SPREAD = 0.3;

/** Requests that are alike, as a share of all. */
interface Part {
  share: number;
  medianSeconds: number;
  spread: number;
}

/**
 * How long the requests of a service took in the hours of a day: each request of the hour is in exactly one bucket.
 * Undefined where nobody measures that.
 *
 * A pure function: equal arguments give equal counts.
 *
 * @param day - counted from the anchor
 * @param counts - of the service on that day
 */
export function simulateLatencies(
  service: SimulatedService,
  seed: number,
  day: number,
  { calls, failed }: DayCounts,
): Histogram[] | undefined {
  const { latency, name } = service;
  if (!latency) return undefined;
  const boundsSeconds = boundsOf(latency);
  const random = createRandom(seed, 'latencies', name, day);
  return Array.from({ length: 24 }, (_, hour) => {
    const noise = Math.exp(HOURLY_DEVIATION * normal(random));
    // a broken indicator says nothing of how the service does
    const trouble =
      service.errorRatio === 1 ? 0 : failed[hour] / (calls[hour] || 1);
    return {
      boundsSeconds,
      counts: shareOut(
        random,
        calls[hour],
        boundsSeconds,
        partsOf(latency, hour, noise, trouble),
      ),
    };
  });
}

/** Upper bounds of the buckets of a service, in seconds. */
function boundsOf({
  boundsMilliseconds = COLLECTOR_BOUNDS_MILLISECONDS,
}: SimulatedLatency): Float64Array {
  return Float64Array.from(boundsMilliseconds, bound => bound / 1_000);
}

/** @param trouble - share of requests that failed in the hour */
function partsOf(
  { medianSeconds, spread, coldStarts }: SimulatedLatency,
  hour: number,
  noise: number,
  trouble: number,
): Part[] {
  const load = hourOfDayFactor(hour);
  const timedOut = TIMED_OUT_SHARE * trouble;
  // the less there is to do, the more instances are gone
  const cold = coldStarts
    ? Math.min(1, coldStarts.share / load) * (1 - timedOut)
    : 0;
  return [
    {
      share: 1 - cold - timedOut,
      medianSeconds:
        medianSeconds *
        noise *
        load ** LOAD_EXPONENT *
        (1 + SLOWDOWN * trouble),
      spread,
    },
    { share: timedOut, ...TIME_OUT },
    ...(coldStarts
      ? [
          {
            share: cold,
            medianSeconds: coldStarts.medianSeconds * noise,
            spread: COLD_START_SPREAD,
          },
        ]
      : []),
  ].filter(({ share }) => share > 0);
}

/** Shares out the requests among the buckets, one bucket after the other among those that are left. */
function shareOut(
  random: Random,
  requests: number,
  bounds: Float64Array,
  parts: Part[],
): Float64Array {
  const counts = new Float64Array(bounds.length + 1);
  let left = requests;
  let shareLeft = 1;
  let below = 0;
  for (let bucket = 0; bucket < bounds.length && left > 0; bucket++) {
    const reached = shareBelow(bounds[bucket], parts);
    const share = reached - below;
    counts[bucket] = binomial(random, left, Math.min(1, share / shareLeft));
    left -= counts[bucket];
    shareLeft -= share;
    below = reached;
  }
  counts[bounds.length] = left;
  return counts;
}

function shareBelow(seconds: number, parts: Part[]): number {
  let sum = 0;
  for (const { share, medianSeconds, spread } of parts) {
    sum +=
      share * normalProbability(Math.log(seconds / medianSeconds) / spread);
  }
  return sum;
}
