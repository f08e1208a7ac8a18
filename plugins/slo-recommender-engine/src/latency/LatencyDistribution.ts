import { EngineInputError } from '../sli';
import { latencyShape, shareWithin } from './latencyShape';
import {
  bucketInterval,
  requireBounds,
  sharesWithin,
  type LatencyHistogram,
  type LatencyInterval,
} from './LatencyHistogram';
import {
  addLatencies,
  BEYOND,
  emptyGrid,
  gridPlace,
  gridSeconds,
  slowerLatency,
  type GridMasses,
} from './logGrid';

/**
 * What is known of the latency of a service, or of several together: how it is distributed by the most likely shape within
 * the buckets, and if all requests were as fast, or as slow, as their buckets allow.
 */
export interface LatencyDistribution {
  readonly likely: GridMasses;
  readonly fastest: GridMasses;
  readonly slowest: GridMasses;
}

/** A latency that is not exceeded with some probability. */
export interface LatencyQuantile {
  /** By the most likely shape within the buckets; null where it lies among requests slower than every boundary. */
  seconds: number | null;
  /** Where it lies whatever the shape within the buckets. Rounded outwards by up to 5 %. */
  interval: LatencyInterval;
}

/** More than any range of hours has; sums of as many stay finite. */
const MOST_REQUESTS = 1e100;

/**
 * The distribution behind a histogram; null where it holds no request.
 *
 * Throws an EngineInputError for bounds that do not ascend or cannot be, another number of counts than of buckets, and counts that
 * are negative or beyond 10^100.
 */
export function latencyDistribution(
  histogram: LatencyHistogram,
): LatencyDistribution | null {
  const { boundsSeconds, counts } = histogram;
  requireBounds('histogram.boundsSeconds', boundsSeconds);
  if (counts.length !== boundsSeconds.length + 1) {
    throw new EngineInputError(
      `histogram.counts has ${counts.length} buckets for ${boundsSeconds.length} bounds; ` +
        `pass one bucket per bound and one for what is slower than all of them`,
    );
  }
  const wrong = counts.findIndex(
    count => !(count >= 0 && count < MOST_REQUESTS),
  );
  if (wrong >= 0) {
    throw new EngineInputError(
      `histogram.counts[${wrong}] is ${counts[wrong]}; pass counts of requests, none negative`,
    );
  }
  const { requests } = sharesWithin(histogram);
  if (!(requests > 0)) {
    return null;
  }
  const fastest = emptyGrid();
  const slowest = emptyGrid();
  counts.forEach((count, i) => {
    const share = count / requests;
    const { fromSeconds, toSeconds } = bucketInterval(boundsSeconds, i);
    place(fastest, fromSeconds, share);
    place(slowest, toSeconds, share);
  });
  return { likely: likelyMasses(histogram), fastest, slowest };
}

/** Each cell of the grid gets what the shape has between its edges, halfway to the neighbours. */
function likelyMasses(histogram: LatencyHistogram): GridMasses {
  const masses = emptyGrid();
  const shape = latencyShape(histogram);
  const { boundsSeconds, shares } = shape;
  let within = 0;
  if (boundsSeconds.length > 0) {
    if (boundsSeconds[0] === 0) {
      within = shares[0];
      masses[0] = within;
    }
    const highest = boundsSeconds[boundsSeconds.length - 1];
    const last = highest > 0 ? Math.round(gridPlace(highest)) : 0;
    for (let k = 1; k <= last; k++) {
      const next = shareWithin(
        shape,
        k < last ? gridSeconds(k + 0.5) : highest,
      );
      masses[k] = next - within;
      within = next;
    }
  }
  masses[BEYOND] = 1 - within;
  return masses;
}

/** Puts a share at a latency, between two elements so that the mean is kept; null is beyond every boundary. */
function place(masses: GridMasses, seconds: number | null, share: number) {
  if (seconds === null) {
    masses[BEYOND] += share;
    return;
  }
  if (seconds === 0) {
    masses[0] += share;
    return;
  }
  const below = Math.max(0, Math.floor(gridPlace(seconds)));
  const from = gridSeconds(below);
  const to = gridSeconds(below + 1);
  const above = Math.min(1, Math.max(0, (seconds - from) / (to - from)));
  masses[below] += share * (1 - above);
  masses[Math.min(BEYOND, below + 1)] += share * above;
}

/**
 * Latency of calls one after another: the convolution of all. The calls are taken to be independent of each other; where
 * slow ones come together, the tail is longer. None at all take no time.
 */
export function latencyInSequence(
  calls: readonly LatencyDistribution[],
): LatencyDistribution {
  return combine(calls, addLatencies);
}

/**
 * Latency of calls at the same time, all of which are waited for: the product of the distribution functions. The calls
 * are taken to be independent of each other; where slow ones come together, the tail is shorter.
 */
export function latencyInParallel(
  calls: readonly LatencyDistribution[],
): LatencyDistribution {
  return combine(calls, slowerLatency);
}

function combine(
  calls: readonly LatencyDistribution[],
  operation: (a: GridMasses, b: GridMasses) => GridMasses,
): LatencyDistribution {
  const nothing = emptyGrid();
  nothing[0] = 1;
  // sorted, so that the order of the calls does not show in the last digits
  const fold = (grids: GridMasses[]) =>
    grids.sort(compareMasses).reduce(operation, nothing);
  return {
    likely: fold(calls.map(({ likely }) => likely)),
    fastest: fold(calls.map(({ fastest }) => fastest)),
    slowest: fold(calls.map(({ slowest }) => slowest)),
  };
}

function compareMasses(a: GridMasses, b: GridMasses): number {
  const different = a.findIndex((mass, i) => mass !== b[i]);
  return different < 0 ? 0 : a[different] - b[different];
}

/**
 * The latency that is not exceeded with probability `probability`, in (0, 1).
 *
 * Throws an EngineInputError for any other probability.
 */
export function latencyQuantile(
  distribution: LatencyDistribution,
  probability: number,
): LatencyQuantile {
  if (!(probability > 0 && probability < 1)) {
    throw new EngineInputError(
      `probability is ${probability}; pass a fraction above 0 and below 1, for example 0.99`,
    );
  }
  const fastest = elementAt(distribution.fastest, probability);
  const slowest = elementAt(distribution.slowest, probability);
  const fromSeconds = gridSeconds(Math.min(fastest.index, BEYOND - 1) - 1);
  const toSeconds =
    slowest.index === BEYOND ? null : gridSeconds(slowest.index + 1);
  const likely = elementAt(distribution.likely, probability);
  if (toSeconds === null || likely.index === BEYOND) {
    return { seconds: null, interval: { fromSeconds, toSeconds } };
  }
  const seconds = gridSeconds(likely.index - 0.5 + likely.share);
  return {
    seconds: Math.min(toSeconds, Math.max(fromSeconds, seconds)),
    interval: { fromSeconds, toSeconds },
  };
}

/** Rounding that sums of a thousand shares may have. */
const ROUNDING = 1e-12;

/** The first element up to which the masses reach the probability, and the share of that element that it takes. */
function elementAt(masses: GridMasses, probability: number) {
  const reached = probability * (1 - ROUNDING);
  let within = 0;
  let index = 0;
  while (index < BEYOND && within + masses[index] < reached) {
    within += masses[index];
    index++;
  }
  const share = Math.min(
    1,
    Math.max(0, (probability - within) / masses[index]),
  );
  return { index, share };
}
