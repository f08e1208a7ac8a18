import {
  parseDuration,
  type Recommendation,
} from 'backstage-plugin-slo-recommender-common';
import { comparablePromise } from '../comparablePromise';

const MINUTE_MS = 60_000;
const YEAR_MS = 365.25 * 86_400_000;

/** What promising an objective would mean. */
export interface ObjectiveMeaning {
  /** Error budget over one window: minutes are null if its length cannot be read, requests if the traffic is unknown. */
  budgetMinutes: number | null;
  budgetRequests: number | null;
  /** Windows of a year, one after the other, and those of them expected to break it; null if their length cannot be read. */
  year: { windows: number; breaches: number } | null;
  /** Share of the budget that the next window spends as likely as not; above 1 where it overspends, null where unknown. */
  expectedSpend: number | null;
  /** Whether the last window kept it; null where nothing was measured. */
  keptLastWindow: boolean | null;
}

/** @param window - ISO 8601 duration of the objective window */
export function describeObjective(
  objective: { objective: number; attainment: number },
  recommendation: Recommendation,
  window: string,
): ObjectiveMeaning {
  const { expectedRequests, predicted, achieved } = recommendation;
  const requests = expectedRequests ?? recommendation.requests;
  const windowMs = parseDuration(window) || null;
  const windows = windowMs === null ? null : YEAR_MS / windowMs;
  const budget = 1 - objective.objective;
  return {
    budgetMinutes: windowMs === null ? null : (budget * windowMs) / MINUTE_MS,
    budgetRequests: requests === null ? null : budget * requests,
    year:
      windows === null
        ? null
        : { windows, breaches: windows * (1 - objective.attainment) },
    expectedSpend:
      predicted === null || budget <= 0 ? null : predicted.median / budget,
    keptLastWindow: achieved === null ? null : achieved >= objective.objective,
  };
}

/** The objective to look at first: the recommended one, else the promised one, else the surest; one of the curve's. */
export function initialObjective(recommendation: Recommendation): number {
  const { curve, tiers } = recommendation;
  const lowest = curve[0].objective;
  const highest = curve[curve.length - 1].objective;
  const wanted = [
    tiers.balanced?.objective,
    comparablePromise(recommendation)?.objective,
  ];
  return (
    wanted.find(
      objective =>
        objective !== undefined && objective >= lowest && objective <= highest,
    ) ?? lowest
  );
}
