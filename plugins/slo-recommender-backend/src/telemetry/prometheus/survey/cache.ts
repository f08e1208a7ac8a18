import type { HourRange } from 'backstage-plugin-slo-recommender-node';

interface Entry<T> {
  range: HourRange;
  loadedAt: number;
  value: Promise<T>;
}

/**
 * What was learnt about a range of hours, for a while. It also answers for ranges that lie within or end as little
 * later, and for whoever asks while it is still being learnt.
 */
export class RangeCache<T> {
  private entry: Entry<T> | undefined;

  constructor(
    private readonly lifetimeMs: number,
    private readonly now: () => Date,
  ) {}

  /** @param isWorthKeeping - false for answers that are to be asked again the next time. */
  async get(
    range: HourRange,
    load: () => Promise<T>,
    isWorthKeeping: (value: T) => boolean = () => true,
  ): Promise<T> {
    const known = this.entry;
    if (
      known &&
      this.now().getTime() - known.loadedAt < this.lifetimeMs &&
      known.range.from <= range.from &&
      range.to.getTime() <= known.range.to.getTime() + this.lifetimeMs
    ) {
      return known.value;
    }
    const entry = { range, loadedAt: this.now().getTime(), value: load() };
    this.entry = entry;
    const forget = () => {
      if (this.entry === entry) {
        this.entry = undefined;
      }
    };
    try {
      const value = await entry.value;
      if (!isWorthKeeping(value)) {
        forget();
      }
      return value;
    } catch (error) {
      forget();
      throw error;
    }
  }
}
