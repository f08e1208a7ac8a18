import type { HourlyLatencies } from '../telemetry';
import { areSameBounds, commonBounds, mergedBuckets } from './histogram';

/** Share of the present bounds that other buckets must have to be combined with them. */
const FEWEST_COMMON = 0.5;

/** The buckets of these last hours are the present ones. */
const PRESENT_HOURS = 24;

/** Buckets of so many kinds are kept apart; those added first are given up for more, or memory would be. */
const MOST_LAYOUTS = 16;

/** Hours that were measured in the same buckets. */
interface Layout {
  boundsSeconds: Float64Array;
  /** By bucket and hour; NaN where the hour is unknown or was measured in other buckets. */
  counts: Float64Array[];
  /** In the order in which they were added. */
  hours: number[];
}

/** Puts together hours whose buckets may have changed in between. */
export class HistogramHours {
  readonly #length: number;
  readonly #layouts: Layout[] = [];
  #latest: { given: Float64Array; layout: Layout } | undefined;

  /** @param length - number of hours. */
  constructor(length: number) {
    this.#length = length;
  }

  /**
   * Adds an hour that was not added yet.
   *
   * @param counts - requests in each bucket alone; copied.
   */
  add(
    hour: number,
    boundsSeconds: Float64Array,
    counts: ArrayLike<number>,
  ): void {
    const layout = this.#layoutOf(boundsSeconds);
    layout.hours.push(hour);
    for (let bucket = 0; bucket <= boundsSeconds.length; bucket++) {
      layout.counts[bucket][hour] = counts[bucket];
    }
  }

  /**
   * All hours in the buckets whose bounds they share, so that every count is exact. Hours in buckets that have too little
   * in common with the present ones are unknown. Undefined where no hour was added.
   */
  inCommonBuckets():
    Pick<HourlyLatencies, 'boundsSeconds' | 'counts'> | undefined {
    if (this.#layouts.length === 0) return undefined;
    if (this.#layouts.length === 1) {
      const [{ boundsSeconds, counts }] = this.#layouts;
      return { boundsSeconds, counts };
    }
    const boundsSeconds = this.#chooseBounds();
    const counts = Array.from({ length: boundsSeconds.length + 1 }, () =>
      new Float64Array(this.#length).fill(NaN),
    );
    for (const layout of this.#layouts) {
      if (!hasBounds(layout, boundsSeconds)) continue;
      const merged = mergedBuckets(layout.boundsSeconds, boundsSeconds);
      for (const hour of layout.hours) {
        counts.forEach(bucket => {
          bucket[hour] = 0;
        });
        layout.counts.forEach((bucket, index) => {
          counts[merged[index]][hour] += bucket[hour];
        });
      }
    }
    return { boundsSeconds, counts };
  }

  #layoutOf(boundsSeconds: Float64Array): Layout {
    // hours often come with the very bounds of the hour before
    if (this.#latest?.given === boundsSeconds) return this.#latest.layout;
    const layout =
      this.#layouts.find(known =>
        areSameBounds(known.boundsSeconds, boundsSeconds),
      ) ?? this.#createLayout(boundsSeconds);
    this.#latest = { given: boundsSeconds, layout };
    return layout;
  }

  #createLayout(boundsSeconds: Float64Array): Layout {
    const layout: Layout = {
      boundsSeconds,
      counts: Array.from({ length: boundsSeconds.length + 1 }, () =>
        new Float64Array(this.#length).fill(NaN),
      ),
      hours: [],
    };
    this.#layouts.push(layout);
    if (this.#layouts.length > MOST_LAYOUTS) this.#layouts.shift();
    return layout;
  }

  /** Begins with the present bounds, and gives some of them up where that makes more known: hours times bounds. */
  #chooseBounds(): Float64Array {
    const present = this.#presentLayout().boundsSeconds;
    let chosen = present;
    const others = [...this.#layouts].sort(
      (a, b) => b.hours.length - a.hours.length,
    );
    for (const { boundsSeconds } of others) {
      const common = commonBounds(chosen, boundsSeconds);
      if (
        common.length >= present.length * FEWEST_COMMON &&
        this.#knowledge(common) >= this.#knowledge(chosen)
      ) {
        chosen = common;
      }
    }
    return chosen;
  }

  /** Of the last known hours most were measured in its buckets. */
  #presentLayout(): Layout {
    const latest = this.#layouts
      .flatMap(({ hours }) => hours)
      .sort((a, b) => b - a)
      .slice(0, PRESENT_HOURS);
    const from = Math.min(...latest);
    const lately = ({ hours }: Layout) =>
      hours.filter(hour => hour >= from).length;
    return this.#layouts.reduce((most, layout) =>
      lately(layout) > lately(most) ? layout : most,
    );
  }

  #knowledge(bounds: Float64Array): number {
    const hours = this.#layouts
      .filter(layout => hasBounds(layout, bounds))
      .reduce((sum, layout) => sum + layout.hours.length, 0);
    return hours * bounds.length;
  }
}

function hasBounds({ boundsSeconds }: Layout, bounds: Float64Array): boolean {
  return commonBounds(boundsSeconds, bounds).length === bounds.length;
}
