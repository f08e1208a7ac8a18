import type { CountSeries } from 'backstage-plugin-slo-recommender-engine';
import { isPlausibleCount } from '../telemetry';
import { sizeWithin, type TimeRange } from './timeRanges';
import { HOUR_MS } from '../kernel/time/hours';

/** Requests of a service by the hour, as far as telemetry knows them. */
export class KnownRequests {
  /** From the first hour that is known to the end of the last; undefined if none is. */
  readonly span: TimeRange | undefined;
  readonly #startMs: number;
  /** Requests before the hour with the index. */
  readonly #before: Float64Array;

  constructor({ startMs, total, bad }: CountSeries) {
    this.#startMs = startMs;
    this.#before = new Float64Array(total.length + 1);
    let first = -1;
    let last = -1;
    for (let hour = 0; hour < total.length; hour++) {
      const isKnown = isPlausibleCount(total[hour], bad[hour]);
      this.#before[hour + 1] = this.#before[hour] + (isKnown ? total[hour] : 0);
      if (!isKnown) continue;
      if (first === -1) first = hour;
      last = hour;
    }
    if (first === -1) return;
    this.span = {
      fromMs: startMs + first * HOUR_MS,
      toMs: startMs + (last + 1) * HOUR_MS,
    };
  }

  /**
   * The share of a window's requests that lies in ranges of full hours, none of which overlap, in [0, 1]. Undefined
   * if the window reaches beyond what is known, or has no requests.
   */
  shareWithin(
    window: TimeRange,
    ranges: readonly TimeRange[],
  ): number | undefined {
    const { span } = this;
    if (!span || span.fromMs > window.fromMs || span.toMs < window.toMs) {
      return undefined;
    }
    const total = this.#count(window);
    return total > 0
      ? sizeWithin(window, ranges, range => this.#count(range)) / total
      : undefined;
  }

  /** Those of hours that are not known count as none. */
  #count({ fromMs, toMs }: TimeRange): number {
    return this.#countBefore(toMs) - this.#countBefore(fromMs);
  }

  #countBefore(instantMs: number): number {
    const hour = Math.round((instantMs - this.#startMs) / HOUR_MS);
    return this.#before[Math.max(0, Math.min(this.#before.length - 1, hour))];
  }
}
