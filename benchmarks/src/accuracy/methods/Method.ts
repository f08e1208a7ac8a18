import type { CountSeries } from 'backstage-plugin-slo-recommender-engine';

/** What a method is given of a service. */
export interface ServicePast {
  /** Counts per hour from 00:00 UTC of a day on, nothing of them later than `asOfMs`. */
  series: CountSeries;
  asOfMs: number;
  /** Length of the window to come, whole days. */
  windowMs: number;
}

/** What a method says of the next window of a service. */
export interface Forecast {
  /** Share of bad requests that is not exceeded with the probability given. Never falls as the probability rises. */
  quantile(probability: number): number;
  /** In [0, 1], of a method that has such a figure. */
  confidence?: number;
}

/** A way to come to an objective. */
export interface Method {
  name: string;
  /** One element per service of the fleet, null where the method abstains. */
  forecast(fleet: readonly ServicePast[]): (Forecast | null)[];
}

/** A method that looks at one service at a time. */
export function perService(
  name: string,
  forecast: (past: ServicePast) => Forecast | null,
): Method {
  return { name, forecast: fleet => fleet.map(forecast) };
}

/** What a method says that knows no probabilities. */
export function point(unavailability: number): Forecast {
  return { quantile: () => unavailability };
}
