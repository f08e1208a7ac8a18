import { EngineInputError } from './EngineInputError';
import { DAY_MS } from './time';

/** What a service level objective is measured over. */
export interface SloPolicy {
  /** Length of the rolling objective window in milliseconds: whole days, 1 to 90. */
  windowMs: number;
}

/** The objectives that may be recommended, lowest first. */
export const OBJECTIVE_LADDER: readonly number[] = [
  0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9995, 0.9998, 0.9999, 0.99995,
  0.99999,
];

/** Throws an EngineInputError unless the window is of whole days, 1 to 90. */
export function requireWindow(windowMs: number): void {
  const days = windowMs / DAY_MS;
  if (!(Number.isInteger(days) && days >= 1 && days <= 90)) {
    throw new EngineInputError(
      `windowMs is ${windowMs}; pass a window of whole days, from 1 day (${DAY_MS}) to 90 days (${90 * DAY_MS})`,
    );
  }
}

/** Throws an EngineInputError unless the objective is a fraction in (0, 1). */
export function requireObjective(name: string, objective: number): void {
  if (!(objective > 0 && objective < 1)) {
    throw new EngineInputError(
      `${name} is ${objective}; pass a fraction above 0 and below 1, for example 0.999 for 99.9 %`,
    );
  }
}

/**
 * 1 − objective, the share of events that may fail, as its decimal literal says: 0.9995 allows 0.0005, not the
 * 0.0005000000000000004 that subtracting doubles gives.
 */
export function allowedFailureRatio(objective: number): number {
  const rounded = Math.round((1 - objective) * 1e12) / 1e12;
  return rounded > 0 ? rounded : 1 - objective;
}

/** Room for the rounding of (1 − T)·total, relative: an objective met exactly is met. */
const ROUNDING = 1e-9;

/** Whether `bad` of `total` events leave the objective met. Without events nothing is broken. */
export function keepsObjective(
  bad: number,
  total: number,
  objective: number,
): boolean {
  return bad <= allowedFailureRatio(objective) * total * (1 + ROUNDING);
}
