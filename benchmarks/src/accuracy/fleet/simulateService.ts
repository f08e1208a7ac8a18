import {
  type CountSeries,
  type Random,
} from 'backstage-plugin-slo-recommender-engine';
import type { FleetModel, Step } from './FleetModel';
import {
  binomial,
  exponential,
  logNormal,
  logUniform,
  normal,
  poisson,
  uniform,
} from './variates';

/** Monday, 6 January 2025, 00:00 UTC. */
export const SIMULATION_START_MS = Date.UTC(2025, 0, 6);

/** Least and greatest requests of a working day. */
export const DAILY_REQUESTS = [5e3, 5e7] as const;

/** Mean days from one incident to the next, over the fleet. */
export const DAYS_BETWEEN_INCIDENTS = 45;

const WEEKEND = 0.65;

/** Requests of a day beside those of a working day. */
export function weekly(day: number): number {
  return day % 7 < 5 ? 1 : WEEKEND;
}

/** Share of a day's requests in each hour: four times as many in the afternoon as in the night. */
const DAILY_SHAPE = Array.from(
  { length: 24 },
  (_, hour) => (1 - 0.6 * Math.cos((2 * Math.PI * (hour - 2)) / 24)) / 24,
);

/** What happened to a service, and what nobody in the portal can know. */
export interface SimulatedService {
  series: CountSeries;
  /** Requests of a working day, on average. */
  requestsPerDay: number;
  /** Share of requests that fail without an incident, in the median. */
  baseRatio: number;
  /** Standard deviation of the log failure ratio of a day, and its correlation with that of the day before. */
  deviation: number;
  correlation: number;
  step: Step | null;
  /** Incidents a day, on average. */
  incidentRate: number;
  /** Day since the start on which each incident began, in order. */
  incidents: number[];
}

/**
 * Simulates the counts of a service, hour by hour from `SIMULATION_START_MS` on.
 *
 * Requests of a day are Poisson around the service's rate × 0.65 at weekends × a log-normal factor (0.1). They fail
 * with a base ratio LogN(ln 4e-4, 1.2) in the standard fleet × AR(1) noise of the logarithm (σ from 0.2 to 0.9), and incidents come on top:
 * a Poisson process whose rate is Gamma(1, 1/45 d), each of them failing a share of the day's requests within a
 * stretch of hours. Failures are binomial.
 */
export function simulateService(
  model: FleetModel,
  days: number,
  random: Random,
): SimulatedService {
  const requestsPerDay = logUniform(random, ...DAILY_REQUESTS);
  const baseRatio = logNormal(random, Math.log(model.baseRatio), 1.2);
  const deviation = uniform(random, 0.2, 0.9);
  const correlation = uniform(random, ...model.autocorrelation);
  const incidentRate = exponential(random, 1 / DAYS_BETWEEN_INCIDENTS);
  const step = model.step(random);
  const { added, incidents } = drawIncidents(model, days, incidentRate, random);

  const total = new Float64Array(days * 24);
  const bad = new Float64Array(days * 24);
  const fresh = Math.sqrt(1 - correlation ** 2);
  let noise = normal(random);
  for (let day = 0; day < days; day++) {
    const requests = requestsPerDay * weekly(day) * logNormal(random, 0, 0.1);
    noise = correlation * noise + fresh * model.innovation(random);
    const level =
      baseRatio *
      Math.exp(deviation * noise) *
      (step && day >= step.day ? step.factor : 1);
    for (let i = 24 * day; i < 24 * day + 24; i++) {
      total[i] = poisson(random, requests * DAILY_SHAPE[i % 24]);
      bad[i] = binomial(random, total[i], Math.min(1, level + added[i]));
    }
  }
  return {
    series: { startMs: SIMULATION_START_MS, total, bad },
    requestsPerDay,
    baseRatio,
    deviation,
    correlation,
    step,
    incidentRate,
    incidents,
  };
}

/** Failure ratio that incidents add to each hour, and the days on which they begin. */
function drawIncidents(
  model: FleetModel,
  days: number,
  rate: number,
  random: Random,
) {
  const added = new Float64Array(days * 24);
  const incidents: number[] = [];
  for (let day = 0; day < days; day++) {
    for (let count = poisson(random, rate); count > 0; count--) {
      incidents.push(day);
      const severity = Math.min(1, model.severity(random));
      const end = Math.min(days, day + model.incidentDays(random));
      for (let hit = day; hit < end; hit++) {
        failWithinDay(added, hit, severity, random);
      }
    }
  }
  return { added, incidents };
}

/** Fails a share of the day's requests within a stretch of hours that is up to five times as long as it must be. */
function failWithinDay(
  added: Float64Array,
  day: number,
  severity: number,
  random: Random,
) {
  const longest = 24 * severity * uniform(random, 1, 5);
  const hours = Math.min(24, Math.ceil(longest));
  const first = Math.floor(random() * (25 - hours));
  const stretch = DAILY_SHAPE.slice(first, first + hours);
  const share = stretch.reduce((sum, weight) => sum + weight, 0);
  for (let hour = first; hour < first + hours; hour++) {
    added[24 * day + hour] += severity / share;
  }
}
