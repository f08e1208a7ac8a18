import type { PastForecast } from '../backtest';
import { QUANTILE_LEVELS } from '../backtest';
import { allowedFailureRatio, DAY_MS, OBJECTIVE_LADDER } from '../sli';

/** Sunday, 1 March 2026: when past forecasts are looked back on. */
export const AS_OF_MS = Date.UTC(2026, 2, 1);

/** 28 days. */
export const WINDOW_MS = 28 * DAY_MS;

/** Every past forecast said that any unavailability up to this one is equally likely. */
export const WORST = 0.02;

/**
 * A past window of 28 days and a million requests, in which as much failed as had been predicted not to be exceeded
 * with the probability `pit`.
 */
export function pastForecast(
  pit: number,
  { endedDaysAgo = 0, requests = 1_000_000, historyDays = 60 } = {},
): PastForecast {
  const toMs = AS_OF_MS - endedDaysAgo * DAY_MS;
  return {
    originMs: toMs - WINDOW_MS,
    toMs,
    requests,
    bad: Math.round(pit * WORST * requests),
    historyDays,
    usualRequests: requests,
    goodRequests: requests * 2,
    pit,
    attainments: OBJECTIVE_LADDER.map(objective =>
      Math.min(0.999_9, allowedFailureRatio(objective) / WORST),
    ),
    quantiles: QUANTILE_LEVELS.map(level => level * WORST),
  };
}

/** A fleet of services with four past windows end to end each, whose `pit`s are those of evenly spread probabilities. */
export function fleetOf(
  services: number,
  pitOf: (probability: number) => number,
  options: { requests?: number; historyDays?: number } = {},
) {
  return Array.from({ length: services }, (_, service) => ({
    windowMs: WINDOW_MS,
    replay: [84, 56, 28, 0].map((endedDaysAgo, window) => {
      // a stride that shares no factor with the fleet mixes services and windows evenly
      const place = (service * 4 + window) * 7_919;
      const probability = ((place % (4 * services)) + 0.5) / (4 * services);
      return pastForecast(pitOf(probability), { ...options, endedDaysAgo });
    }),
  }));
}
