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

const kept = (thresholdSeconds: number, objective: number) => ({
  thresholdSeconds,
  achieved: 0.9,
  objective,
  attainment: 0.94,
});

const recommendedOf = (results: ThresholdResult[]) => {
  const { points, reason } = frontierOf(results);
  const recommended = points.filter(point => point.recommended);
  expect(recommended.length).toBeLessThanOrEqual(1);
  return { seconds: recommended[0]?.thresholdSeconds, reason };
};

describe('frontierOf', () => {
  it.each<[string, ThresholdResult[], number | undefined, object]>([
    [
      'the fastest threshold with 99 %',
      [at(0.1, 0.95), at(0.25, 0.99), at(0.5, 0.999)],
      0.25,
      {
        code: 'fastest_worthy',
        chosen: kept(0.25, 0.99),
        worthy: kept(0.25, 0.99),
        worthyObjective: 0.99,
        faster: kept(0.1, 0.95),
      },
    ],
    [
      'the fastest threshold of all where it has 99 %',
      [at(0.005, 0.9999), at(0.01, 0.99999)],
      0.005,
      {
        code: 'fastest_worthy',
        chosen: kept(0.005, 0.9999),
        worthy: kept(0.005, 0.9999),
        worthyObjective: 0.99,
        faster: null,
      },
    ],
    [
      'a fair objective where 99 % takes more than ten times as long',
      [at(0.1, 0.98), at(10, 0.9999)],
      0.1,
      {
        code: 'worthy_too_slow',
        chosen: kept(0.1, 0.98),
        worthy: kept(10, 0.9999),
        worthyObjective: 0.99,
        faster: null,
      },
    ],
    [
      '99 % where only a poor objective is much faster',
      [at(0.1, 0.9), at(10, 0.99)],
      10,
      {
        code: 'fastest_worthy',
        chosen: kept(10, 0.99),
        worthy: kept(10, 0.99),
        worthyObjective: 0.99,
        faster: kept(0.1, 0.9),
      },
    ],
    [
      'the highest objective, at its fastest threshold, where 99 % is out of reach',
      [at(0.1, null), at(0.25, 0.95), at(0.5, 0.95)],
      0.25,
      {
        code: 'highest_objective',
        chosen: kept(0.25, 0.95),
        worthy: null,
        worthyObjective: 0.99,
        faster: null,
      },
    ],
    [
      'nothing where nothing is kept',
      [at(0.1, null)],
      undefined,
      { code: 'nothing_kept' },
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
        const any = points.some(({ objective }) => objective !== null);
        expect(points.filter(({ recommended }) => recommended)).toHaveLength(
          any ? 1 : 0,
        );
      }),
      propertyRuns(NUM_RUNS),
    );
  });
});
