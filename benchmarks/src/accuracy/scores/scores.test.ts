import { createRandom, DAY_MS } from 'backstage-plugin-slo-recommender-engine';
import type { Trial } from '../fleet';
import type { Forecast } from '../methods';
import {
  confidenceCorrelation,
  confidenceGroups,
  errorFactor,
} from './confidence';
import {
  brierScore,
  isCovered,
  isVacuous,
  judge,
  type Judged,
  pinballLoss,
  rungAt,
} from './judge';
import { inStratum, STRATA } from './strata';
import { coverageOf, pitHistogram, summarise } from './summarise';

const TOTAL = 1_000_000;

const trialOf = (bad: number, rest: Partial<Trial> = {}): Trial => ({
  series: { startMs: 0, total: new Float64Array(0), bad: new Float64Array(0) },
  asOfMs: 90 * DAY_MS,
  windowMs: 28 * DAY_MS,
  historyDays: 90,
  outcome: { total: TOTAL, bad },
  incidentsSeen: 0,
  service: {
    series: {
      startMs: 0,
      total: new Float64Array(0),
      bad: new Float64Array(0),
    },
    requestsPerDay: 1e5,
    baseRatio: 4e-4,
    deviation: 0.5,
    correlation: 0.5,
    step: null,
    incidentRate: 0.02,
    incidents: [],
  },
  ...rest,
});

/** Predicts 0 to 2 × `mean`, all alike. */
const uniformTo = (mean: number, confidence?: number): Forecast => ({
  quantile: probability => 2 * mean * probability,
  confidence,
});

const judgedOf = (forecast: Forecast, bad: number): Judged =>
  judge(forecast, trialOf(bad));

/** Forecasts that are right: what comes is drawn from them. */
function calibratedFleet(): Judged[] {
  const random = createRandom(3);
  return Array.from({ length: 5_000 }, () =>
    judgedOf(uniformTo(0.001), Math.round(0.002 * TOTAL * random())),
  );
}

describe('a forecast that is right', () => {
  const fleet = calibratedFleet();

  it('covers as often as it says', () => {
    const [most, nearlyAll, all] = coverageOf(fleet);
    expect(most).toBeCloseTo(0.75, 2);
    expect(nearlyAll).toBeCloseTo(0.9, 2);
    expect(all).toBeCloseTo(0.99, 2);
  });

  it('has ten equal tenths', () => {
    for (const tenth of pitHistogram(fleet)) expect(tenth).toBeCloseTo(0.1, 1);
  });

  it('is beaten neither by a wider nor by a narrower one', () => {
    const lossOf = (factor: number) =>
      summarise(
        fleet.map(({ trial }) => judge(uniformTo(0.001 * factor), trial)),
      );
    expect(lossOf(1).pinball).toBeLessThan(lossOf(1.3).pinball);
    expect(lossOf(1).pinball).toBeLessThan(lossOf(0.8).pinball);
    expect(lossOf(1).brier).toBeLessThan(lossOf(2).brier);
    expect(lossOf(1).brier).toBeLessThan(lossOf(0.5).brier);
  });
});

describe('one forecast', () => {
  it.each<[number, boolean]>([
    [1_800, true],
    [1_801, false],
  ])('of at most 1,800 failures with %d is within: %s', (bad, within) => {
    expect(isCovered(judgedOf(uniformTo(0.001), bad), 0.9)).toBe(within);
  });

  it('promises the highest rung below its quantile', () => {
    expect(rungAt(judgedOf(uniformTo(0.001), 0), 0.9)).toBe(0.998);
    expect(rungAt(judgedOf(uniformTo(0.5), 0), 0.9)).toBeUndefined();
  });

  it.each<[number, boolean]>([
    [100, false],
    [99, true],
    [0, true],
  ])('of 99.9 % with %d of 1,000,000 failed is vacuous: %s', (bad, vacuous) => {
    expect(isVacuous(judgedOf(uniformTo(0.0005), bad), 0.999)).toBe(vacuous);
  });

  it.each<[number, number]>([
    [1_800, 0],
    [800, 100],
    [2_800, 900],
  ])('of 1,800 per million with %d loses %d', (bad, loss) => {
    expect(pinballLoss(judgedOf(uniformTo(0.001), bad))).toBeCloseTo(loss, 6);
  });

  it('without a doubt has a Brier score of the rungs it was wrong about', () => {
    const certain = { quantile: () => 0.0015 };
    // 99.9 % and what is above is said to be broken, and was kept up to 99.95 %
    expect(brierScore(judgedOf(certain, 500))).toBeCloseTo(2 / 12, 2);
  });

  it('that steps at what came counts for the tenths that the step spans', () => {
    const steps = { quantile: (p: number) => (p <= 0.5 ? 0 : 0.001) };
    pitHistogram([judgedOf(steps, 0)]).forEach((tenth, i) =>
      expect(tenth).toBeCloseTo(i < 5 ? 0.2 : 0, 1),
    );
  });
});

describe('a summary', () => {
  it('tells the budget from the budget of the rung', () => {
    const { budgetRatio, rungBudgetRatio, vacuous, broken } = summarise([
      judgedOf(uniformTo(0.001), 900),
      judgedOf(uniformTo(0.001), 100),
      judgedOf(uniformTo(0.001), 2_100),
    ]);
    expect(budgetRatio).toBeCloseTo(2, 12);
    expect(rungBudgetRatio).toBeCloseTo(2 / 0.9, 12);
    expect(vacuous).toBeCloseTo(1 / 3, 12);
    expect(broken).toBeCloseTo(1 / 3, 12);
  });

  it('of nothing is refused', () => {
    expect(() => summarise([])).toThrow('no forecasts');
  });
});

describe('strata', () => {
  it('put each trial in one stratum of each axis', () => {
    const trial = trialOf(0, { historyDays: 28, incidentsSeen: 2 });
    const judged = [judge(uniformTo(1), trial)];
    expect(
      STRATA.filter(stratum => inStratum(judged, stratum).length === 1).map(
        ({ axis, label }) => `${axis}: ${label}`,
      ),
    ).toEqual([
      'traffic: below 110,000 requests a day',
      'age: 28 to 60 days',
      'incidents seen: 1 or 2',
      'true incident rate: in 41 to 111 days',
    ]);
  });
});

describe('confidence', () => {
  it('is set against the factor by which the median missed', () => {
    expect(errorFactor(judgedOf(uniformTo(0.001), 2_000))).toBeCloseTo(2, 9);
    expect(errorFactor(judgedOf(uniformTo(0.001), 500))).toBeCloseTo(2, 9);
    expect(errorFactor(judgedOf(uniformTo(0), 0))).toBe(1);
  });

  const judged = Array.from({ length: 100 }, (_, i) =>
    judgedOf(uniformTo(0.001, i / 100), 1_000 + 10 * (100 - i)),
  );

  it('correlates with −1 where the more confident is the less wrong', () => {
    expect(confidenceCorrelation(judged)).toBeCloseTo(-1, 9);
  });

  it('is grouped in tenths', () => {
    const groups = confidenceGroups(judged);
    expect(groups).toHaveLength(10);
    expect(groups[0]).toMatchObject({ forecasts: 10, from: 0, to: 0.09 });
    expect(groups[0].error).toBeGreaterThan(groups[9].error);
  });

  it('of methods that have none is in no group', () => {
    expect(confidenceGroups([judgedOf(uniformTo(0.001), 1)])).toEqual([]);
  });
});
