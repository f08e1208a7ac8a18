import type { Histogram } from 'backstage-plugin-slo-recommender-node';
import { BinnedSamples } from '../counts/outcomeSamples';
import type { DurationHistogram } from '../dialects/durations';
import {
  type Bounds,
  looksLikeBothScales,
  looksLikeMilliseconds,
} from './bounds';

/** What was found about the buckets of a name. */
export interface BucketNotes {
  /** Hours in which instances had different buckets. */
  differingHours: number;
  /** Hours in which some recorded seconds and others milliseconds. */
  mixedScaleHours: number;
  /** Hours with milliseconds under a name that says seconds. */
  misnamedHours: number;
}

interface Bucket {
  bound: number;
  /** Requests that took as long or less; of a native histogram their share, except above all bounds. */
  reached: BinnedSamples;
  /** Number of series behind it; recorded if the buckets differ in it. */
  producers: BinnedSamples;
}

/** Requests that took as long as a bound or less. */
interface Reached {
  bound: number;
  requests: number;
  producers: number;
}

/** Differences of extrapolated increases that may be rounding: requests, or a share of them. */
const ROUNDING = { requests: 1, share: 1e-3 };

/** What one histogram says of one name, hour by hour. */
export class HistogramSamples {
  readonly notes: BucketNotes = {
    differingHours: 0,
    mixedScaleHours: 0,
    misnamedHours: 0,
  };

  /** By the text of the label: only the server distinguishes `1` and `1.0`. */
  readonly #buckets = new Map<string, Bucket>();
  readonly #histogram: DurationHistogram;

  constructor(
    readonly length: number,
    histogram: DurationHistogram,
  ) {
    this.#histogram = histogram;
  }

  recordReached(le: string, hour: number, value: number): void {
    const { reached } = this.#bucketOf(le);
    // nothing is no share of nothing
    const isShareOfNone = this.#histogram.isNative && Number.isNaN(value);
    reached.record(hour, isShareOfNone ? 0 : value);
  }

  recordProducers(le: string, hour: number, value: number): void {
    this.#bucketOf(le).producers.record(hour, value);
  }

  /** Undefined if the hour is unknown, or its buckets contradict each other. */
  at(hour: number): Histogram | undefined {
    const all = this.#reachedAt(hour);
    const highest = all.pop();
    if (highest?.bound !== Infinity || !Number.isFinite(highest.requests)) {
      return undefined;
    }
    const total = highest.requests;
    const shared = all.filter(
      ({ producers, requests }) =>
        producers === highest.producers && Number.isFinite(requests),
    );
    const bounds: Bounds = {
      type: 'classic',
      ascending: all.map(({ bound }) => bound),
    };
    if (shared.length < all.length) {
      this.notes.differingHours += 1;
      // 2 s of the one and 2 ms of the other have the same name
      if (looksLikeBothScales(bounds)) {
        this.notes.mixedScaleHours += 1;
        return undefined;
      }
    }
    const requests = this.#histogram.isNative
      ? shared.map(one => one.requests * total)
      : shared.map(one => one.requests);
    const counts = toWholeBuckets(requests, total);
    return counts && shared.length > 0
      ? {
          boundsSeconds: Float64Array.from(
            shared,
            ({ bound }) => bound / this.#perSecond(bounds),
          ),
          counts,
        }
      : undefined;
  }

  /** Units of the histogram in a second. */
  #perSecond(bounds: Bounds): number {
    const { metric, unit, isNative } = this.#histogram;
    if (isNative || metric.includes('milliseconds')) {
      return unit === 'milliseconds' ? 1_000 : 1;
    }
    if (looksLikeMilliseconds(bounds)) {
      if (unit === 'seconds') this.notes.misnamedHours += 1;
      return 1_000;
    }
    // without a unit in the name: no one records only fractions of a millisecond
    return unit === 'milliseconds' &&
      bounds.type === 'classic' &&
      bounds.ascending[0] >= 1
      ? 1_000
      : 1;
  }

  /** What is known of the hour, ascending; bounds that are the same number are one. */
  #reachedAt(hour: number): Reached[] {
    const present = [...this.#buckets.values()].filter(({ reached }) =>
      reached.has(hour),
    );
    const isKnown = present.some(({ producers }) => producers.has(hour));
    const byBound = new Map<number, Reached>();
    for (const { bound, reached, producers } of present) {
      const known = byBound.get(bound);
      const series = producers.has(hour) ? producers.at(hour) : 0;
      byBound.set(bound, {
        bound,
        requests: (known?.requests ?? 0) + reached.at(hour),
        producers: (known?.producers ?? 0) + (isKnown ? series : 1),
      });
    }
    return [...byBound.values()].sort((a, b) => a.bound - b.bound);
  }

  #bucketOf(le: string): Bucket {
    const known = this.#buckets.get(le);
    if (known) return known;
    const bucket = {
      bound: boundOf(le),
      reached: new BinnedSamples(this.length),
      producers: new BinnedSamples(this.length),
    };
    // no request takes less than no time
    if (bucket.bound > 0) this.#buckets.set(le, bucket);
    return bucket;
  }
}

function boundOf(le: string): number {
  if (le === '+Inf') return Infinity;
  return le.trim() === '' ? NaN : Number(le);
}

/**
 * Requests in each bucket alone, as whole numbers. Undefined where fewer requests would lie below a higher bound than
 * below a lower one, by more than rounding.
 *
 * @param reached - requests that took as long or less, by ascending bound.
 */
function toWholeBuckets(
  reached: readonly number[],
  total: number,
): Float64Array | undefined {
  const rounding = Math.max(ROUNDING.requests, total * ROUNDING.share);
  const counts = new Float64Array(reached.length + 1);
  let before = 0;
  let highest = 0;
  for (const [bucket, requests] of [...reached, total].entries()) {
    if (requests < highest - rounding || requests > total + rounding) {
      return undefined;
    }
    highest = Math.max(highest, Math.min(requests, total));
    const whole = Math.round(highest);
    counts[bucket] = whole - before;
    before = whole;
  }
  return counts;
}
