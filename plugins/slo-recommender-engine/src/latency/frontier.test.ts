import fc from 'fast-check';
import { propertyRuns } from '../__testUtils__/propertyRuns';
import { OBJECTIVE_LADDER } from '../sli';
import { frontierOf, type ThresholdResult } from './frontier';

const NUM_RUNS = 10_000;

const at = (
  thresholdSeconds: number,
  objective: number | null,
  attainment = 0.94,
): ThresholdResult => ({
  thresholdSeconds,
  achieved: 0.9,
  tiers: { balanced: objective === null ? null : { objective, attainment } },
});

const recommendedOf = (results: ThresholdResult[]) => {
  const { points, reason } = frontierOf(results);
  const recommended = points.filter(point => point.recommended);
  expect(recommended.length).toBeLessThanOrEqual(1);
  return { seconds: recommended[0]?.thresholdSeconds, reason };
};

describe('frontierOf', () => {
  it.each<[string, ThresholdResult[], number | undefined, string]>([
    [
      'the fastest threshold with 99 %',
      [at(0.1, 0.95), at(0.25, 0.99), at(0.5, 0.999)],
      0.25,
      '99 % within 250 ms is kept with 94 %: of the thresholds with an objective of at least 99 % it is the fastest, and a slower one would promise users less. 95 % within 100 ms could be promised too, but leaves out more requests.',
    ],
    [
      'the fastest threshold of all where it has 99 %',
      [at(0.005, 0.9999), at(0.01, 0.99999)],
      0.005,
      '99.99 % within 5 ms is kept with 94 %: of the thresholds with an objective of at least 99 % it is the fastest, and a slower one would promise users less.',
    ],
    [
      'a fair objective where 99 % takes more than ten times as long',
      [at(0.1, 0.98), at(10, 0.9999)],
      0.1,
      '98 % within 100 ms is kept with 94 %. 99.99 % within 10 s would hold too, but a threshold 100 times slower says nothing of what most requests are like.',
    ],
    [
      '99 % where only a poor objective is much faster',
      [at(0.1, 0.9), at(10, 0.99)],
      10,
      '99 % within 10 s is kept with 94 %: of the thresholds with an objective of at least 99 % it is the fastest, and a slower one would promise users less. 90 % within 100 ms could be promised too, but leaves out more requests.',
    ],
    [
      'the highest objective, at its fastest threshold, where 99 % is out of reach',
      [at(0.1, null), at(0.25, 0.95), at(0.5, 0.95)],
      0.25,
      '95 % within 250 ms is kept with 94 %: no threshold is kept at 99 %, and this is the highest objective, at the fastest threshold that has it.',
    ],
    [
      'nothing where nothing is kept',
      [at(0.1, null)],
      undefined,
      'At none of the thresholds is even the lowest objective kept with 90 %. Find out what is slow before promising anything.',
    ],
  ])('recommends %s', (_, results, seconds, reason) => {
    expect(recommendedOf(results)).toEqual({ seconds, reason });
    expect(recommendedOf(results.toReversed())).toEqual({ seconds, reason });
  });

  it('has no reason without thresholds', () => {
    expect(frontierOf([])).toEqual({ points: [], reason: null });
  });

  it('takes the figure of a faster threshold where that is better', () => {
    const { points } = frontierOf([
      at(0.5, 0.98, 0.97),
      at(0.1, 0.99, 0.93),
      at(1, 0.99, 0.91),
      at(2, null),
    ]);
    expect(
      points.map(({ objective, attainment }) => [objective, attainment]),
    ).toEqual([
      [0.99, 0.93],
      [0.99, 0.93],
      [0.99, 0.93],
      [0.99, 0.93],
    ]);
  });

  it('never falls, and has one recommendation wherever anything is kept', () => {
    const arbitraryResult = fc
      .tuple(
        fc.double({ min: 1e-3, max: 100, noNaN: true }),
        fc.option(fc.constantFrom(...OBJECTIVE_LADDER)),
        fc.double({ min: 0.9, max: 1, noNaN: true }),
      )
      .map(result => at(...result));
    fc.assert(
      fc.property(fc.array(arbitraryResult, { maxLength: 5 }), results => {
        const { points } = frontierOf(results);
        const ranks = points.map(
          ({ objective, attainment }) =>
            (objective ?? 0) + (attainment ?? 0) * 1e-6,
        );
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
        const kept = points.some(({ objective }) => objective !== null);
        expect(points.filter(({ recommended }) => recommended)).toHaveLength(
          kept ? 1 : 0,
        );
      }),
      propertyRuns(NUM_RUNS),
    );
  });
});
