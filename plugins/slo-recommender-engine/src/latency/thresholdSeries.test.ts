import fc from 'fast-check';
import { poisonedHistory } from '../__testUtils__/latencies';
import { propertyRuns } from '../__testUtils__/propertyRuns';
import { START_MS } from '../__testUtils__/series';
import { EngineInputError } from '../sli';
import { allThresholdSeries, thresholdSeries } from './thresholdSeries';

const NUM_RUNS = 10_000;

const history = {
  startMs: START_MS,
  boundsSeconds: Float64Array.of(0.1, 0.2),
  counts: [
    Float64Array.of(90, 0, NaN, 5, 0.25),
    Float64Array.of(9, 0, 3, -1, 0.5),
    Float64Array.of(1, 0, 4, 7, 0.25),
  ],
};

describe('thresholdSeries', () => {
  it.each<[number, number[]]>([
    [0, [10, 0, NaN, NaN, 0.75]],
    [1, [1, 0, NaN, NaN, 0.25]],
  ])('counts the requests slower than bound %d', (boundIndex, bad) => {
    expect(thresholdSeries(history, boundIndex)).toEqual({
      startMs: START_MS,
      total: Float64Array.of(100, 0, NaN, NaN, 1),
      bad: Float64Array.from(bad),
    });
  });

  it.each([-1, 2, 0.5, NaN])('refuses bound %d', boundIndex => {
    expect(() => thresholdSeries(history, boundIndex)).toThrow(
      EngineInputError,
    );
  });

  it('has 0 ≤ bad ≤ total or neither, a bad that never rises with the bound, and one total for all', () => {
    fc.assert(
      fc.property(poisonedHistory, fc.nat(), fc.nat(), (poisoned, a, b) => {
        const bounds = poisoned.boundsSeconds.length;
        fc.pre(bounds > 0);
        const [faster, slower] = [a % bounds, b % bounds].sort((x, y) => x - y);
        const { total, bad } = thresholdSeries(poisoned, faster);
        const other = thresholdSeries(poisoned, slower);
        const isRight = (hour: number) =>
          Number.isNaN(total[hour])
            ? Number.isNaN(bad[hour]) && Number.isNaN(other.bad[hour])
            : bad[hour] >= other.bad[hour] &&
              other.bad[hour] >= 0 &&
              bad[hour] <= total[hour];
        expect(total.every((_, hour) => isRight(hour))).toBe(true);
        expect(other.total).toEqual(total);
        const asked = [...new Set([faster, slower])];
        expect(allThresholdSeries(poisoned, asked)).toEqual(
          asked.map(bound => thresholdSeries(poisoned, bound)),
        );
      }),
      propertyRuns(NUM_RUNS),
    );
  });
});
