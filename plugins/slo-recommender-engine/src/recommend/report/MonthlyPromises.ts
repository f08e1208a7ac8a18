import type { FleetWindow } from './FleetWindow';

/** The windows that ended in one month of UTC. */
export interface MonthlyPromise {
  /** For example `2026-10`. */
  month: string;
  windows: number;
  /** Medians. */
  recommended: number;
  achieved: number;
  keptShare: number;
}

interface Month {
  recommended: number[];
  achieved: number[];
  kept: number;
}

/** What was recommended for the windows of each month beside what they achieved. */
export class MonthlyPromises {
  readonly #months = new Map<string, Month>();
  /** Windows of a fleet end at few instants, and telling the month of one takes long. */
  readonly #monthByEnd = new Map<number, Month>();

  /** Windows for which nothing would have been recommended are left out. */
  add({ toMs, recommended, achieved, kept }: FleetWindow): void {
    if (recommended === null) {
      return;
    }
    const month = this.#monthByEnd.get(toMs) ?? this.#monthEnding(toMs);
    month.recommended.push(recommended);
    month.achieved.push(achieved);
    month.kept += kept ? 1 : 0;
  }

  /** Oldest first. */
  monthly(): MonthlyPromise[] {
    return [...this.#months]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([month, { recommended, achieved, kept }]) => ({
        month,
        windows: recommended.length,
        recommended: median(recommended),
        achieved: median(achieved),
        keptShare: kept / recommended.length,
      }));
  }

  #monthEnding(toMs: number): Month {
    // a window that ends at midnight belongs to the day before
    const name = new Date(toMs - 1).toISOString().slice(0, 7);
    const month = this.#months.get(name) ?? {
      recommended: [],
      achieved: [],
      kept: 0,
    };
    this.#months.set(name, month);
    this.#monthByEnd.set(toMs, month);
    return month;
  }
}

function median(values: number[]): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor((sorted.length - 1) / 2)];
}
