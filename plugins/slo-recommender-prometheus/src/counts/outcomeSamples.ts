import type { HourlyCounts } from 'backstage-plugin-slo-recommender-node';
import { kindOfOutcome, type OutcomeKind } from '../dialects/outcomes';
import type { Dialect, Outcome } from '../dialects/types';

/**
 * One value per bin, as far as the server gave one. A bin with a sample that is no finite number, or with two samples
 * that contradict each other, is unusable: nothing is known of it, and it must not pass for 0.
 */
export class BinnedSamples {
  readonly #values: Float64Array;
  readonly #unusable: Uint8Array;

  constructor(readonly length: number) {
    this.#values = new Float64Array(length).fill(NaN);
    this.#unusable = new Uint8Array(length);
  }

  record(bin: number, value: number): void {
    const earlier = this.#values[bin];
    if (!Number.isFinite(value) || (this.has(bin) && earlier !== value)) {
      this.#unusable[bin] = 1;
    }
    this.#values[bin] = value;
  }

  has(bin: number): boolean {
    return this.#unusable[bin] === 1 || !Number.isNaN(this.#values[bin]);
  }

  /** The value, or NaN where there is none or it is unusable. */
  at(bin: number): number {
    return this.#unusable[bin] === 1 ? NaN : this.#values[bin];
  }
}

/** What one request counter says of one name or edge: requests by outcome, and failures counted apart. */
export class OutcomeSamples {
  readonly #byOutcome = new Map<
    string,
    { kind: OutcomeKind; samples: BinnedSamples }
  >();
  readonly #outcome: Outcome;
  #failures: BinnedSamples | undefined;

  constructor(
    readonly length: number,
    outcome: Outcome,
  ) {
    this.#outcome = outcome;
  }

  /** @param value - of the outcome label. */
  recordTotal(value: string, bin: number, count: number): void {
    let outcome = this.#byOutcome.get(value);
    if (!outcome) {
      const kind = kindOfOutcome(this.#outcome, value);
      outcome = { kind, samples: new BinnedSamples(this.length) };
      this.#byOutcome.set(value, outcome);
    }
    outcome.samples.record(bin, count);
  }

  recordFailures(bin: number, value: number): void {
    this.#failures ??= new BinnedSamples(this.length);
    this.#failures.record(bin, value);
  }

  /** True where there are samples of requests; failures alone do not show how many requests there were. */
  has(bin: number): boolean {
    for (const { samples } of this.#byOutcome.values()) {
      if (samples.has(bin)) return true;
    }
    return false;
  }

  /** Requests that failed or succeeded, or NaN if any of them are unusable. */
  total(bin: number): number {
    return this.#sum(bin, kind => kind !== 'unknown');
  }

  /** Requests of which it cannot be read whether they failed, or NaN if any of them are unusable. */
  unknown(bin: number): number {
    return this.#sum(bin, kind => kind === 'unknown');
  }

  /** Failures where there are requests: no series of failures means that none failed. */
  bad(bin: number): number {
    return this.#failures?.has(bin)
      ? this.#failures.at(bin)
      : this.#sum(bin, kind => kind === 'failed');
  }

  #sum(bin: number, counts: (kind: OutcomeKind) => boolean): number {
    let sum = 0;
    for (const { kind, samples } of this.#byOutcome.values()) {
      if (counts(kind) && samples.has(bin)) sum += samples.at(bin);
    }
    return sum;
  }
}

const UNKNOWN = { total: NaN, bad: NaN };

/** Adds up what is known under the names of one service; undefined where that is nothing. */
export function sumToHourlyCounts(
  names: readonly OutcomeSamples[],
  hours: number,
  { id, failureDefinition }: Dialect,
): HourlyCounts | undefined {
  const total = new Float64Array(hours).fill(NaN);
  const bad = new Float64Array(hours).fill(NaN);
  const unknown = new Float64Array(hours);
  let isKnown = false;
  let hasUnknown = false;
  for (let hour = 0; hour < hours; hour++) {
    let requests = 0;
    let failures = 0;
    let unreadable = 0;
    let isPresent = false;
    for (const name of names) {
      if (!name.has(hour)) continue;
      isPresent = true;
      requests += name.total(hour);
      failures += name.bad(hour);
      unreadable += name.unknown(hour);
    }
    if (!isPresent) continue;
    // the sum is NaN if any of its samples is unusable, and then nothing is known of the hour
    unknown[hour] = Math.max(0, Math.round(unreadable)) || 0;
    hasUnknown ||= unknown[hour] > 0;
    // requests of which none can be read do not show that there were no failures
    const counts =
      !(unreadable > -0.5) || (requests < 0.5 && unknown[hour] > 0)
        ? UNKNOWN
        : toWholeCounts(requests, failures);
    total[hour] = counts.total;
    bad[hour] = counts.bad;
    isKnown ||= !Number.isNaN(counts.total);
  }
  return isKnown || hasUnknown
    ? {
        total,
        bad,
        ...(hasUnknown && { unknown }),
        evidence: id,
        failureDefinition,
      }
    : undefined;
}

/**
 * Rounds counts, which `increase()` leaves fractional. Requests and failures may come from two counters scraped a
 * moment apart: failures that exceed requests by at most 1, or 1 %, are cut to them; a larger excess is passed on, to
 * be judged as invalid. If either is unknown, both are.
 */
export function toWholeCounts(
  total: number,
  bad: number,
): { total: number; bad: number } {
  if (!Number.isFinite(total) || !Number.isFinite(bad)) {
    return UNKNOWN;
  }
  // Adding 0 turns the -0 of small negative numbers into 0.
  const wholeTotal = Math.round(total) + 0;
  const wholeBad = Math.round(bad) + 0;
  const excess = wholeBad - wholeTotal;
  const isNoise = excess > 0 && excess <= Math.max(1, wholeTotal / 100);
  return { total: wholeTotal, bad: isNoise ? wholeTotal : wholeBad };
}
