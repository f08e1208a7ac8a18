import type { BacktestWindow } from '../backtest';

/** A past window of one of the fleet's services. */
export interface FleetWindow extends BacktestWindow {
  /** Distinguishes the services of the fleet. */
  service: number;
  windowMs: number;
  /** Share of it that no other window of its service overlaps, divided by the number of its SLIs. */
  evidence: number;
}

/** Counts services whose windows come one after the other. */
export class ServiceCount {
  count = 0;
  #latest = -1;

  add(service: number): void {
    if (service !== this.#latest) {
      this.#latest = service;
      this.count++;
    }
  }
}
