import type { Random } from 'backstage-plugin-slo-recommender-engine';

/** From this day on the failure ratio is another. */
export interface Step {
  /** Day since the start of the simulation. */
  day: number;
  factor: number;
}

/** How the services of a fleet fail. What is not told here is the same in every fleet. */
export interface FleetModel {
  name: string;
  /** One sentence for those who read the figures. */
  description: string;
  /** Median over the services of the share of requests that are bad without an incident. */
  baseRatio: number;
  /** Correlation of the log failure ratio of a day with that of the day before: least and greatest among services. */
  autocorrelation: [low: number, high: number];
  /** What is new in the log failure ratio of a day: mean 0, variance 1. */
  innovation(random: Random): number;
  /** Share of a day's requests that an incident fails; values above 1 are capped. */
  severity(random: Random): number;
  /** Whole days that an incident lasts. */
  incidentDays(random: Random): number;
  /** Null for a service that stays as it is. */
  step(random: Random): Step | null;
}
