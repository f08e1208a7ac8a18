import type { BackfillProgress } from 'backstage-plugin-slo-recommender-common';
import { HOUR_MS } from '../kernel/time/hours';

/** A part of the fetching: hours of some services. */
interface Portion {
  range: { from: Date; to: Date };
  services: { entityRef: string }[];
}

const hoursOf = ({ range }: Portion) =>
  (range.to.getTime() - range.from.getTime()) / HOUR_MS;

/** Keeps count of what is still to be fetched, over all datasources. */
export class BackfillMeter {
  readonly #nowMs: () => number;
  readonly #startedAtMs: number;
  /** Portions that are not fetched yet, by entity reference. */
  readonly #portionsLeft = new Map<string, number>();
  #serviceHours = 0;
  #serviceHoursDone = 0;
  #servicesDone = 0;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
    this.#startedAtMs = nowMs();
  }

  /** Adds what a datasource has to fetch. */
  plan(portions: readonly Portion[]): void {
    for (const portion of portions) {
      this.#serviceHours += hoursOf(portion) * portion.services.length;
      for (const { entityRef } of portion.services) {
        const left = this.#portionsLeft.get(entityRef) ?? 0;
        this.#portionsLeft.set(entityRef, left + 1);
      }
    }
  }

  /** Takes note that a planned portion is fetched. */
  done(portion: Portion): void {
    this.#serviceHoursDone += hoursOf(portion) * portion.services.length;
    for (const { entityRef } of portion.services) {
      const left = (this.#portionsLeft.get(entityRef) ?? 0) - 1;
      this.#portionsLeft.set(entityRef, left);
      if (left === 0) this.#servicesDone += 1;
    }
  }

  /** Share of the planned hours that is fetched; 1 where there are none. */
  get share(): number {
    return this.#serviceHours === 0
      ? 1
      : this.#serviceHoursDone / this.#serviceHours;
  }

  /** Null where nothing has to be fetched. */
  get progress(): BackfillProgress | null {
    if (this.#serviceHours === 0) return null;
    const elapsedSeconds = (this.#nowMs() - this.#startedAtMs) / 1_000;
    const hoursLeft = this.#serviceHours - this.#serviceHoursDone;
    return {
      services: this.#portionsLeft.size,
      servicesDone: this.#servicesDone,
      serviceHours: this.#serviceHours,
      serviceHoursDone: this.#serviceHoursDone,
      secondsLeft:
        this.#serviceHoursDone === 0
          ? null
          : (elapsedSeconds / this.#serviceHoursDone) * hoursLeft,
    };
  }
}
