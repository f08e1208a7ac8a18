import type { Company, SimulatedService } from '../company';
import { normal, poisson } from './distributions';
import { createRandom } from './random';

const PERSISTENCE = 0.7;
const LOG_DEVIATION = 0.6;
const INCIDENTS_PER_DAY = 1 / 45;
const LONGEST_INCIDENT_HOURS = 24;

interface Incident {
  /** Hours from the anchor. */
  startHour: number;
  hours: number;
  errorRatio: number;
}

/** Incidents that begin on a day: durations around an hour, severities around 0.6 % with a long tail up to 100 %. */
function incidentsStartingOn(
  seed: number,
  service: string,
  day: number,
): Incident[] {
  const random = createRandom(seed, 'incidents', service, day);
  return Array.from({ length: poisson(random, INCIDENTS_PER_DAY) }, () => ({
    startHour: (day + random()) * 24,
    hours: Math.min(
      LONGEST_INCIDENT_HOURS,
      Math.exp(0.2 + 0.9 * normal(random)),
    ),
    errorRatio: Math.min(1, 0.006 * Math.exp(1.3 * normal(random))),
  }));
}

/** Logarithmic noise of a day's 24 hours: a first-order autoregression, begun a day earlier so that midnight is no seam. */
function logNoise(seed: number, service: string, day: number): Float64Array {
  const innovation = LOG_DEVIATION * Math.sqrt(1 - PERSISTENCE ** 2);
  const values = new Float64Array(24);
  let value = 0;
  for (const current of [day - 1, day]) {
    const random = createRandom(seed, 'noise', service, current);
    for (let hour = 0; hour < 24; hour++) {
      value = PERSISTENCE * value + innovation * normal(random);
      if (current === day) values[hour] = value;
    }
  }
  return values;
}

/**
 * Probability that a request fails by the service's own fault, in [0, 1], for each of the 24 hours of a day: the
 * ordinary ratio with its noise, made worse by regressions, on top of it incidents.
 */
export function errorRatios(
  company: Company,
  seed: number,
  service: SimulatedService,
  day: number,
): Float64Array {
  const { name } = service;
  const factor = company.regressions
    .filter(r => r.service === name && day >= r.sinceDay)
    .reduce((product, r) => product * r.factor, 1);
  const incidents: Incident[] = [
    ...company.incidents.filter(i => i.service === name),
    ...incidentsStartingOn(seed, name, day - 1),
    ...incidentsStartingOn(seed, name, day),
  ];
  return logNoise(seed, name, day).map((noise, hourOfDay) => {
    const hour = day * 24 + hourOfDay;
    // A ratio of 1 is a broken indicator, which does not fluctuate.
    let good =
      service.errorRatio === 1
        ? 0
        : 1 - Math.min(1, service.errorRatio * factor * Math.exp(noise));
    for (const { startHour, hours, errorRatio } of incidents) {
      const overlap =
        Math.min(hour + 1, startHour + hours) - Math.max(hour, startHour);
      if (overlap > 0) good *= 1 - errorRatio * overlap;
    }
    return 1 - good;
  });
}
