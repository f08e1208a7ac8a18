import fc from 'fast-check';
import { allowedFailureRatio, OBJECTIVE_LADDER } from '../sli';
import { attainmentCurve, CURVE_OBJECTIVES, isSupported } from './curve';

describe('CURVE_OBJECTIVES', () => {
  it('are the 12 rungs and 3 between any two, lowest first', () => {
    const objectives = CURVE_OBJECTIVES.map(({ objective }) => objective);
    expect(objectives).toHaveLength(45);
    expect(objectives).toEqual([...new Set(objectives)].sort((a, b) => a - b));
    expect(
      CURVE_OBJECTIVES.filter(({ rung }) => rung).map(
        ({ objective }) => objective,
      ),
    ).toEqual(OBJECTIVE_LADDER);
  });

  it('are numbers that people can read', () => {
    const objectives = CURVE_OBJECTIVES.map(({ objective }) => objective);
    expect(objectives.slice(0, 5)).toEqual([0.9, 0.916, 0.929, 0.941, 0.95]);
    expect(objectives.slice(-5)).toEqual([
      0.99995, 0.999967, 0.999978, 0.999985, 0.99999,
    ]);
  });
});

describe('attainmentCurve', () => {
  it('says of each objective what it is attained with, and whether enough was seen to say so', () => {
    const curve = attainmentCurve(3_000, objective => ({
      attainment: 1 - objective,
      attainmentInterval: null,
    }));
    expect(curve[0]).toEqual({
      objective: 0.9,
      attainment: 1 - 0.9,
      attainmentInterval: null,
      supported: true,
      rung: true,
    });
    expect(curve.filter(({ supported }) => supported).pop()?.objective).toBe(
      0.999,
    );
  });
});

describe('isSupported', () => {
  it.each<[number, number, boolean]>([
    [29, 0.9, false],
    [30, 0.9, true],
    [2_999, 0.999, false],
    [3_000, 0.999, true],
    [300_000, 0.99999, true],
  ])('%d good requests support %d: %s', (requests, objective, supported) => {
    expect(isSupported(requests, objective)).toBe(supported);
  });

  it('is the rule of three, 3/n ≤ 1 − T', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000_000 }),
        fc.constantFrom(...CURVE_OBJECTIVES.map(({ objective }) => objective)),
        (goodRequests, objective) => {
          const fewest = Math.ceil(3 / allowedFailureRatio(objective) - 1e-3);
          expect(isSupported(goodRequests, objective)).toBe(
            goodRequests >= fewest,
          );
        },
      ),
    );
  });
});
