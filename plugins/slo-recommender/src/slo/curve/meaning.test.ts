import { recommendation } from '../../__testUtils__/recommendations';
import { describeObjective, initialObjective } from './meaning';

const [, , , balanced, , promised, highest] = recommendation.curve;

describe('what an objective means', () => {
  it('spends the traffic that is expected', () => {
    const meaning = describeObjective(promised, recommendation, 'P28D');
    expect(meaning.budgetMinutes).toBeCloseTo(20.16);
    expect(meaning.budgetRequests).toBeCloseTo(10_700);
  });

  it('falls back on the traffic of the last window', () => {
    const { budgetRequests } = describeObjective(
      promised,
      { ...recommendation, expectedRequests: null },
      'P28D',
    );
    expect(budgetRequests).toBeCloseTo(10_550);
  });

  it('counts the windows of a year that would break it', () => {
    const { year } = describeObjective(balanced, recommendation, 'P28D');
    expect(year?.windows).toBeCloseTo(13.04, 2);
    expect(year?.breaches).toBeCloseTo(1.04, 2);
  });

  it.each([
    [balanced, 0.58],
    [highest, 5.8],
  ])('expects the median of the prediction to be spent', (point, spend) => {
    expect(
      describeObjective(point, recommendation, 'P28D').expectedSpend,
    ).toBeCloseTo(spend);
  });

  it.each([
    [balanced, true],
    [highest, false],
  ])('tells whether the last window kept it', (point, kept) => {
    expect(
      describeObjective(point, recommendation, 'P28D').keptLastWindow,
    ).toBe(kept);
  });

  it.each(['P1M', 'PT0S'])('leaves the time of a window of %s open', window => {
    const meaning = describeObjective(balanced, recommendation, window);
    expect(meaning).toMatchObject({ budgetMinutes: null, year: null });
    expect(meaning.budgetRequests).toBeCloseTo(21_400);
  });

  it('does not guess where nothing is known', () => {
    expect(
      describeObjective(
        balanced,
        {
          ...recommendation,
          achieved: null,
          requests: null,
          expectedRequests: null,
          predicted: null,
        },
        'P28D',
      ),
    ).toMatchObject({
      keptLastWindow: null,
      budgetRequests: null,
      expectedSpend: null,
    });
  });
});

describe('the objective looked at first', () => {
  const { tiers } = recommendation;

  it('is the recommended one', () => {
    expect(initialObjective(recommendation)).toBe(0.999);
  });

  it('is the promised one where nothing is recommended', () => {
    expect(
      initialObjective({
        ...recommendation,
        tiers: { ...tiers, balanced: null },
      }),
    ).toBe(0.9995);
  });

  it.each([null, { objective: 0.999999, attainment: null }])(
    'is the lowest where there is neither on the curve',
    promise => {
      expect(
        initialObjective({
          ...recommendation,
          promised: promise,
          tiers: { ...tiers, balanced: null },
        }),
      ).toBe(0.99);
    },
  );
});
