import { DAY_MS } from '../sli';
import { isSupported, type CurvePoint } from './curve';
import { pickTiers } from './tiers';

const window = { windowMs: 28 * DAY_MS, expectedRequests: 1_000_000 };

const rung = (
  objective: number,
  attainment: number,
  supported = true,
): CurvePoint => ({ objective, attainment, supported });

describe('pickTiers', () => {
  it('takes the highest rung that is kept with 99, 90 and 75 %', () => {
    const tiers = pickTiers(
      [
        rung(0.99, 0.9995),
        rung(0.995, 0.99),
        rung(0.998, 0.95),
        rung(0.999, 0.9),
        rung(0.9995, 0.7),
      ],
      window,
    );
    expect(tiers.conservative?.objective).toBe(0.995);
    expect(tiers.balanced?.objective).toBe(0.999);
    expect(tiers.aggressive?.objective).toBe(0.999);
  });

  it('gives the budget in minutes of full outage and in requests', () => {
    const { balanced } = pickTiers([rung(0.9995, 0.93)], window);
    expect(balanced?.budgetMinutes).toBeCloseTo(20.16, 9);
    expect(balanced).toMatchObject({
      objective: 0.9995,
      attainment: 0.93,
      budgetRequests: 500,
    });
  });

  it('offers no rung that is not supported, however sure it looks', () => {
    const tiers = pickTiers(
      [rung(0.9, 0.9995), rung(0.95, 0.9995, false)],
      window,
    );
    expect(tiers.aggressive?.objective).toBe(0.9);
  });

  it('has no tier where no rung will do', () => {
    expect(pickTiers([rung(0.9, 0.8), rung(0.95, 0.2)], window)).toMatchObject({
      conservative: null,
      balanced: null,
      aggressive: { objective: 0.9 },
    });
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
});
