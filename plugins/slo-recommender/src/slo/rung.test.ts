import { recommendation } from '../__testUtils__';
import { describeRung, initialRung } from './rung';

const [, , , balanced, promised, highest] = recommendation.curve;

describe('what a rung means', () => {
  it('spends the traffic that the tiers expect', () => {
    const meaning = describeRung(promised, recommendation, 'P28D');
    expect(meaning.budgetMinutes).toBeCloseTo(20.16);
    expect(meaning.budgetRequests).toBeCloseTo(10_700);
  });

  it('falls back on the traffic of the last window where no tier is offered', () => {
    const { budgetRequests } = describeRung(
      promised,
      {
        ...recommendation,
        tiers: { conservative: null, balanced: null, aggressive: null },
      },
      'P28D',
    );
    expect(budgetRequests).toBeCloseTo(10_550);
  });

  it.each([
    [balanced, true],
    [highest, false],
  ])('tells whether the last window kept it', (point, kept) => {
    expect(describeRung(point, recommendation, 'P28D').keptLastWindow).toBe(
      kept,
    );
  });

  it('does not guess where nothing was measured', () => {
    expect(
      describeRung(balanced, { ...recommendation, achieved: null }, 'P28D')
        .keptLastWindow,
    ).toBeNull();
  });
});

describe('the rung looked at first', () => {
  it('is the recommended one', () => {
    expect(initialRung(recommendation)).toBe(3);
  });

  it('is the promised one where nothing is recommended', () => {
    expect(
      initialRung({
        ...recommendation,
        tiers: { ...recommendation.tiers, balanced: null },
      }),
    ).toBe(4);
  });

  it('is the lowest where there is neither', () => {
    expect(
      initialRung({
        ...recommendation,
        promised: null,
        tiers: { ...recommendation.tiers, balanced: null },
      }),
    ).toBe(0);
  });
});
