import type { Regression, ScriptedIncident } from './types';

function incident(
  service: string,
  day: number,
  hourOfDay: number,
  hours: number,
  errorRatio: number,
): ScriptedIncident {
  return { service, startHour: day * 24 + hourOfDay, hours, errorRatio };
}

export const incidents: ScriptedIncident[] = [
  incident('search-index-a', -5, 8, 6, 1),
  incident('notification', -6, 9, 10, 0.5),
  incident('external-payment-api', -9, 13, 2.5, 0.35),
  incident('recommendation', -12, 10, 8, 0.6),
  incident('user-db', -20, 2, 0.5, 0.6),
  incident('external-payment-api', -37, 17, 1, 0.8),
  incident('inventory-db', -41, 11, 3, 0.08),
  incident('search-index-a', -60, 14, 1, 0.7),
  incident('search-index-b', -60, 14, 1, 0.7),
  incident('payment-service', -75, 16, 1.5, 0.5),
];

export const regressions: Regression[] = [
  { service: 'shipping', sinceDay: -14, factor: 25 },
];
