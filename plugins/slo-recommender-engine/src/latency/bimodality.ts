import type { LatencyHistogram, LatencyInterval } from './LatencyHistogram';

/** Two kinds of requests, such as cold starts beside warm ones. */
export interface Bimodality {
  /** Boundary between the two. */
  boundarySeconds: number;
  /** Share in (0, 1) of the requests that are slower than it. */
  slowShare: number;
  /** The densest bucket on either side of it. */
  fastPeak: LatencyInterval;
  slowPeak: LatencyInterval;
}

/** Neighbouring buckets taken together: all requests in (from, to] seconds. */
interface Bin {
  fromSeconds: number;
  /** Infinity for the last. */
  toSeconds: number;
  count: number;
  /** Width in natural logarithms of the latency. */
  width: number;
}

/** Finer bins show the clock and chance: many instruments round to whole milliseconds. */
const NARROWEST_RATIO = 1.28;
const NARROWEST_SECONDS = 0.002;

/** Width that the lowest bucket and that above the highest boundary are taken to have: wide, so that they seem no peak. */
const OUTER_WIDTH = Math.log(10);

/** A valley is less than this dense, as a share of the lower of the two peaks. */
const VALLEY = 0.5;

/** Fewest requests on either side, as a share of all. */
const SMALLEST_SHARE = 0.005;

/** Standard deviations of the counts by which the valley is deep enough: chance does it once in 10^4 bins. */
const SURENESS = 4;

/**
 * Finds two peaks of the density on the logarithm of the latency with a clear valley between them; null where there is
 * one. Averages of a density with one peak over neighbouring bins have one peak too, however wide or uneven the bins are:
 * neither a long tail nor the layout of the buckets looks like two.
 */
export function findBimodality(histogram: LatencyHistogram): Bimodality | null {
  const bins = binsOf(histogram);
  const requests = bins.reduce((sum, { count }) => sum + count, 0);
  const slowPeaks = new Array<Bin>(bins.length);
  for (let i = bins.length - 1, peak = bins[i]; i > 0; i--) {
    slowPeaks[i - 1] = peak;
    peak = denser(peak, bins[i - 1]);
  }
  let [fastPeak] = bins;
  let faster = 0;
  let deepest = VALLEY;
  let found: Bimodality | null = null;
  for (let i = 1; i < bins.length - 1; i++) {
    faster += bins[i - 1].count;
    fastPeak = denser(fastPeak, bins[i - 1]);
    const slowPeak = slowPeaks[i];
    const slower = requests - faster - bins[i].count;
    const depth = depthOf(bins[i], fastPeak, slowPeak);
    if (
      Math.min(faster, slower) >= SMALLEST_SHARE * requests &&
      depth < deepest
    ) {
      deepest = depth;
      found = {
        boundarySeconds: bins[i].toSeconds,
        slowShare: slower / requests,
        fastPeak: intervalOf(fastPeak),
        slowPeak: intervalOf(slowPeak),
      };
    }
  }
  return found;
}

/** Density of the valley as a share of that of the lower peak, at least: each moved towards the other by chance. */
function depthOf(valley: Bin, fastPeak: Bin, slowPeak: Bin): number {
  const lowerPeak = Math.min(sureDensity(fastPeak), sureDensity(slowPeak));
  const { count, width } = valley;
  const density = (count + SURENESS * Math.sqrt(count + 1)) / width;
  return lowerPeak > 0 ? density / lowerPeak : Infinity;
}

/** What the density surely is, of counts that vary as those of Poisson do. */
function sureDensity({ count, width }: Bin): number {
  return (count - SURENESS * Math.sqrt(count)) / width;
}

function denser(a: Bin, b: Bin): Bin {
  return sureDensity(b) > sureDensity(a) ? b : a;
}

/** Puts buckets together until each bin is wide enough. The first reaches down to 0, the last has no end. */
function binsOf({ boundsSeconds, counts }: LatencyHistogram): Bin[] {
  const bins: Bin[] = [];
  let fromSeconds = 0;
  let count = 0;
  boundsSeconds.forEach((toSeconds, i) => {
    count += counts[i];
    const wide =
      toSeconds >= NARROWEST_RATIO * fromSeconds &&
      toSeconds - fromSeconds >= NARROWEST_SECONDS;
    if (wide || i === boundsSeconds.length - 1) {
      const width =
        fromSeconds > 0 ? Math.log(toSeconds / fromSeconds) : OUTER_WIDTH;
      bins.push({ fromSeconds, toSeconds, count, width });
      fromSeconds = toSeconds;
      count = 0;
    }
  });
  bins.push({
    fromSeconds,
    toSeconds: Infinity,
    count: counts[boundsSeconds.length],
    width: OUTER_WIDTH,
  });
  return bins;
}

function intervalOf({ fromSeconds, toSeconds }: Bin): LatencyInterval {
  return {
    fromSeconds,
    toSeconds: toSeconds === Infinity ? null : toSeconds,
  };
}
