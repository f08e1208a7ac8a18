/**
 * One value per bin, as far as the server gave one. A bin with a sample that is no finite number, or with two samples
 * that contradict each other, is unusable: nothing is known of it, and it must not pass for 0.
 */
export class BinnedSamples {
  private readonly values: Float64Array;
  private readonly unusable: Uint8Array;

  constructor(readonly length: number) {
    this.values = new Float64Array(length).fill(NaN);
    this.unusable = new Uint8Array(length);
  }

  record(bin: number, value: number): void {
    const earlier = this.values[bin];
    if (!Number.isFinite(value) || (this.has(bin) && earlier !== value)) {
      this.unusable[bin] = 1;
    }
    this.values[bin] = value;
  }

  has(bin: number): boolean {
    return this.unusable[bin] === 1 || !Number.isNaN(this.values[bin]);
  }

  /** The value, or NaN where there is none or it is unusable. */
  at(bin: number): number {
    return this.unusable[bin] === 1 ? NaN : this.values[bin];
  }
}

/** What one request counter says of one name or edge: requests by outcome, and failures counted apart. */
export class OutcomeSamples {
  private readonly byOutcome = new Map<string, BinnedSamples>();
  private failures: BinnedSamples | undefined;

  constructor(
    readonly length: number,
    private readonly failedOutcome: string,
  ) {}

  recordTotal(outcome: string, bin: number, value: number): void {
    let samples = this.byOutcome.get(outcome);
    if (!samples) {
      samples = new BinnedSamples(this.length);
      this.byOutcome.set(outcome, samples);
    }
    samples.record(bin, value);
  }

  recordFailures(bin: number, value: number): void {
    this.failures ??= new BinnedSamples(this.length);
    this.failures.record(bin, value);
  }

  /** True where there are samples of requests; failures alone tell nothing of how many requests there were. */
  has(bin: number): boolean {
    for (const samples of this.byOutcome.values()) {
      if (samples.has(bin)) return true;
    }
    return false;
  }

  /** Requests of all outcomes, or NaN where any of them is unusable. */
  total(bin: number): number {
    let sum = 0;
    for (const samples of this.byOutcome.values()) {
      if (samples.has(bin)) sum += samples.at(bin);
    }
    return sum;
  }

  /** Failures where there are requests: no series of failures means that none failed. */
  bad(bin: number): number {
    if (this.failures?.has(bin)) {
      return this.failures.at(bin);
    }
    const failed = this.byOutcome.get(this.failedOutcome);
    return failed?.has(bin) ? failed.at(bin) : 0;
  }
}
