import { DAY_MS } from '../sli';
import type { CurvePoint } from './curve';
import { pickTiers } from './tiers';

const window = { windowMs: 28 * DAY_MS, expectedRequests: 1_000_000 };

const rung = (
  objective: number,
  attainment: number,
  supported = true,
): CurvePoint => ({
  objective,
  attainment,
  attainmentInterval: { from: attainment - 0.01, to: 0.9999 },
  supported,
  rung: true,
});

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
      attainmentInterval: { from: 0.92, to: 0.9999 },
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

  it('offers rungs, not the objectives between them', () => {
    const between = { ...rung(0.993, 0.9995), rung: false };
    const tiers = pickTiers([rung(0.99, 0.9995), between], window);
    expect(tiers.conservative?.objective).toBe(0.99);
  });

  it('has no tier where no rung will do', () => {
    expect(pickTiers([rung(0.9, 0.8), rung(0.95, 0.2)], window)).toMatchObject({
      conservative: null,
      balanced: null,
      aggressive: { objective: 0.9 },
    });
  });
});
