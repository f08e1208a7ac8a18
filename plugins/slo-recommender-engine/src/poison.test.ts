import fc from 'fast-check';
import {
  DAY_MS,
  errorBudget,
  HOUR_MS,
  recommendAvailability,
  type AvailabilityRecommendation,
} from '.';
import {
  arbitraryWindowDays,
  poisonedSeries,
} from './__testUtils__/arbitrarySeries';
import { endOf } from './__testUtils__/series';

/** Every number in a result, however deep. */
function numbersOf(result: unknown): number[] {
  if (typeof result === 'number') {
    return [result];
  }
  return typeof result === 'object' && result !== null
    ? Object.values(result).flatMap(numbersOf)
    : [];
}

const messagesOf = ({ reasons }: AvailabilityRecommendation) =>
  reasons.map(({ message }) => message).join(' ');

describe('poisoned series', () => {
  it('neither NaN nor Infinity leaves, whatever comes in', () => {
    fc.assert(
      fc.property(
        poisonedSeries,
        arbitraryWindowDays,
        fc.constantFrom(-1_000, 0, 1, 24, 10_000, 700_000),
        fc.constantFrom(1e-12, 0.5, 0.999, 1 - 2 ** -53),
        (series, windowDays, lateHours, objective) => {
          const asOfMs = Math.max(0, endOf(series) + lateHours * HOUR_MS);
          const windowMs = windowDays * DAY_MS;
          const recommendation = recommendAvailability({
            series,
            asOfMs,
            windowMs,
            promisedObjective: objective,
          });
          const budget = errorBudget({ series, asOfMs, windowMs, objective });
          const numbers = numbersOf([recommendation, budget]);
          expect(numbers.filter(value => !Number.isFinite(value))).toEqual([]);
          expect(messagesOf(recommendation)).not.toMatch(
            /NaN|Infinity|undefined|∞/,
          );
          const ratios = numbersOf([
            recommendation.achieved,
            recommendation.curve,
            recommendation.completeness,
            recommendation.history.map(({ rollingRatio }) => rollingRatio),
            budget.completeness,
            budget.pastWindows.map(({ ratio }) => ratio),
          ]);
          expect(ratios.filter(ratio => ratio < 0 || ratio > 1)).toEqual([]);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
