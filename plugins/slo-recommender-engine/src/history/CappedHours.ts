/** A set of hours of which no window holds more than a number. */
export class CappedHours {
  count = 0;
  readonly #contained: Uint8Array;
  /** Element i counts the hours of the set in [i, i + windowHours). */
  readonly #inWindow: Int32Array;
  readonly #windowHours: number;
  readonly #most: number;

  constructor(hours: number, windowHours: number, most: number) {
    this.#contained = new Uint8Array(hours);
    this.#inWindow = new Int32Array(hours);
    this.#windowHours = windowHours;
    this.#most = most;
  }

  has(hour: number): boolean {
    return this.#contained[hour] === 1;
  }

  /** Adds an hour unless a window would hold too many. Returns whether it is in the set. */
  add(hour: number): boolean {
    if (this.has(hour)) {
      return true;
    }
    const firstWindow = Math.max(0, hour - this.#windowHours + 1);
    const windows = this.#inWindow.subarray(firstWindow, hour + 1);
    if (this.#most === 0 || windows.some(held => held >= this.#most)) {
      return false;
    }
    for (let i = 0; i < windows.length; i++) {
      windows[i]++;
    }
    this.#contained[hour] = 1;
    this.count++;
    return true;
  }

  /** Hours of the set from one on. */
  countFrom(hour: number): number {
    return this.#contained
      .subarray(Math.max(0, hour))
      .reduce((sum, one) => sum + one, 0);
  }
}
