import {
  createRandom,
  DAY_MS,
  HOUR_MS,
  type CountSeries,
} from 'backstage-plugin-slo-recommender-engine';
import type { FleetModel } from './FleetModel';
import {
  simulateService,
  SIMULATION_START_MS,
  type SimulatedService,
} from './simulateService';
import { uniform } from './variates';

export const WINDOW_DAYS = 28;
export const LOOKBACK_DAYS = 90;
export const ORIGINS = 4;

/** Least and greatest age of a young service in days. */
const YOUNG_DAYS = [15, 60] as const;
/** Share of the services that are young at an origin. */
const YOUNG_SHARE = 0.25;

/** A window of one service at one origin: what may be known before it, and what came. */
export interface Trial {
  /** Counts up to the origin: of the last 90 days, or of fewer where the service is young. */
  series: CountSeries;
  asOfMs: number;
  windowMs: number;
  historyDays: number;
  /** Requests and failures of the window that begins at the origin. */
  outcome: { total: number; bad: number };
  /** Incidents that began within the history. */
  incidentsSeen: number;
  service: SimulatedService;
}

/**
 * Services of one fleet over 90 days and four windows of 28 days. The same seed gives the same fleet; service i does
 * not depend on how many others there are.
 */
export function simulateFleet(
  model: FleetModel,
  services: number,
  seed: number,
): SimulatedService[] {
  const days = LOOKBACK_DAYS + ORIGINS * WINDOW_DAYS;
  return Array.from({ length: services }, (_, service) =>
    simulateService(model, days, createRandom(seed + service)),
  );
}

/**
 * All services as of one origin. Windows of different origins do not overlap. In a quarter of the trials the history
 * begins only 15 to 60 days before the origin, as that of a new service does.
 */
export function trialsAt(
  origin: number,
  fleet: readonly SimulatedService[],
  seed: number,
): Trial[] {
  const random = createRandom(seed + origin);
  const asOfDay = LOOKBACK_DAYS + origin * WINDOW_DAYS;
  return fleet.map(service => {
    const young = random() < YOUNG_SHARE;
    const age = Math.round(uniform(random, ...YOUNG_DAYS));
    const historyDays = young ? age : LOOKBACK_DAYS;
    const fromDay = asOfDay - historyDays;
    const outcome = { total: 0, bad: 0 };
    const window = cut(service.series, asOfDay, asOfDay + WINDOW_DAYS);
    for (let i = 0; i < window.total.length; i++) {
      outcome.total += window.total[i];
      outcome.bad += window.bad[i];
    }
    return {
      series: cut(service.series, fromDay, asOfDay),
      asOfMs: SIMULATION_START_MS + asOfDay * DAY_MS,
      windowMs: WINDOW_DAYS * DAY_MS,
      historyDays,
      outcome,
      incidentsSeen: service.incidents.filter(
        day => day >= fromDay && day < asOfDay,
      ).length,
      service,
    };
  });
}

function cut(
  { startMs, total, bad }: CountSeries,
  fromDay: number,
  toDay: number,
): CountSeries {
  const hoursInDay = DAY_MS / HOUR_MS;
  return {
    startMs: startMs + fromDay * DAY_MS,
    total: total.subarray(fromDay * hoursInDay, toDay * hoursInDay),
    bad: bad.subarray(fromDay * hoursInDay, toDay * hoursInDay),
  };
}
