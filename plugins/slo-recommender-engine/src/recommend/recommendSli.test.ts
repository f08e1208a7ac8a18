import {
  AS_OF_MS,
  fleetOf,
  pastForecast,
} from '../__testUtils__/pastForecasts';
import { seriesOf, withCounts } from '../__testUtils__/series';
import { learnFromFleet } from '../calibrate';
import { LEVELS } from '../predict';
import { DAY_MS, HOUR_MS, type CountSeries } from '../sli';
import { studySli, type SliStudy } from '../study';
import { calibratedQuantile } from './calibratedQuantile';
import { recommendSli } from './recommendSli';

const studyOf = (series: CountSeries, windowDays = 28) =>
  studySli({
    series: { ...series, startMs: AS_OF_MS - series.total.length * HOUR_MS },
    asOfMs: AS_OF_MS,
    windowMs: windowDays * DAY_MS,
  });

/** A million and a half requests a window, 0.1 % of which fail, more on every third day. */
const shop = seriesOf(90 * 24, hour => [
  2_000,
  Math.floor(hour / 24) % 3 === 0 ? 4 : 1,
]);
const study = studyOf(shop);

const fleetThat = (pitOf: (probability: number) => number) =>
  learnFromFleet(fleetOf(200, pitOf, { requests: 1_344_000 }), AS_OF_MS);

describe('recommendSli on a fleet', () => {
  it('raises what is recommended where the fleet’s predictions were too wide, and lowers it where they were too narrow', () => {
    const p90 = (pitOf: (probability: number) => number) =>
      recommendSli(study, { fleet: fleetThat(pitOf) }).predicted?.p90 ?? NaN;
    const right = p90(probability => probability);
    expect(right).toBeCloseTo(recommendSli(study).predicted?.p90 ?? NaN, 5);
    expect(p90(probability => probability ** 3)).toBeLessThan(right);
    expect(p90(probability => probability ** (1 / 3))).toBeGreaterThan(right);
  });

  const levels = [
    { nominal: 0.9, observed: 0.88, interval: { from: 0.85, to: 0.91 } },
  ];
  const all = { stratum: null, windows: 600, services: 200, levels };
  const fleet = fleetThat(probability => probability);

  it('says how predictions of its stratum turned out, or of the fleet where there are too few', () => {
    const stratum = {
      requests: { from: 1e6, to: 1e8 },
      historyDays: { from: 56, to: null },
    };
    const saidOf = (windows: number) =>
      recommendSli(study, {
        fleet,
        record: {
          tested: true,
          held: true,
          coverage: [all, { stratum, windows, services: 50, levels }],
        },
      }).calibration;
    expect(saidOf(100)).toEqual({
      state: 'calibrated',
      stratum,
      windows: 100,
      services: 50,
      coverage: levels,
    });
    expect(saidOf(2)).toMatchObject({ stratum: null, windows: 600 });
  });

  it('is a conjecture where the fleet’s probabilities did not hold, or were not tested', () => {
    const { calibration, level } = recommendSli(study, {
      fleet,
      record: { tested: true, held: false, coverage: [all] },
    });
    expect(level).toBe('conjecture');
    expect(calibration).toMatchObject({
      state: 'uncalibrated',
      coverage: levels,
    });
    const untested = recommendSli(study, {
      fleet,
      record: { tested: false, held: true, coverage: [all] },
    });
    expect(untested.level).toBe('conjecture');
    expect(untested.calibration).toMatchObject({ state: 'uncalibrated' });
    expect(recommendSli(study, { fleet }).calibration).toMatchObject({
      state: 'calibrated',
      windows: 0,
      coverage: [],
    });
  });

  it('gives every number shown its interval', () => {
    const { curve, tiers } = recommendSli(study, {
      fleet: fleetThat(probability => probability),
    });
    for (const { attainment, attainmentInterval } of [
      ...curve,
      ...Object.values(tiers).flatMap(tier => tier ?? []),
    ]) {
      expect(attainmentInterval?.from).toBeLessThanOrEqual(attainment);
      expect(attainmentInterval?.to).toBeGreaterThanOrEqual(attainment);
    }
  });

  it('leaves the prediction as it is on a fleet too small to calibrate', () => {
    const small = learnFromFleet(
      fleetOf(5, () => 0.99),
      AS_OF_MS,
    );
    const { calibration, curve, level } = recommendSli(study, {
      fleet: small,
    });
    expect(curve).toEqual(recommendSli(study).curve);
    expect(calibration).toMatchObject({ state: 'uncalibrated', windows: 0 });
    expect(level).toBe('conjecture');
  });
});

describe('the level of evidence', () => {
  const fleet = fleetThat(probability => probability);

  it.each<[string, SliStudy, 'conjecture' | 'inference' | 'validated']>([
    ['validated, on seven own windows that were kept', study, 'validated'],
    [
      'inference, on the fleet alone',
      studyOf(seriesOf(30 * 24, () => [2_000, 1])),
      'inference',
    ],
    [
      'inference, where more than a quarter of the own windows were broken',
      studyOf(
        withCounts(shop, (total, _, hour) => [
          total,
          hour > 50 * 24 ? total / 4 : 0,
        ]),
      ),
      'inference',
    ],
  ])('is %s', (_, one, level) => {
    expect(recommendSli(one, { fleet }).level).toBe(level);
  });

  it('is conjecture without a fleet, and where it is borrowed', () => {
    expect(recommendSli(study).level).toBe('conjecture');
    const borrowed = {
      distribution: LEVELS.map(level => level / 1_000),
      ownWeight: 0.3,
    };
    expect(recommendSli(study, { fleet, borrowed }).level).toBe('conjecture');
  });
});

describe('what is borrowed', () => {
  const young = studyOf(seriesOf(3 * 24, () => [1_000, 1]));
  const distribution = LEVELS.map(level => level / 1_000);

  it('stands in where too little is known, under the same verdict', () => {
    const result = recommendSli(young, {
      borrowed: { distribution, ownWeight: 0.5 },
    });
    expect(recommendSli(young).curve).toEqual([]);
    expect(result.verdict).toBe('insufficient');
    expect(result.predicted?.p90).toBeCloseTo(0.0009, 9);
    expect(result.tiers.balanced?.objective).toBe(0.999);
  });

  it('supports higher rungs the more of it is from peers', () => {
    const highest = [1, 0.5, 0.1, 0].map(
      ownWeight =>
        recommendSli(young, { borrowed: { distribution, ownWeight } })
          .curve.filter(({ supported }) => supported)
          .pop()?.objective ?? 0,
    );
    expect(highest).toEqual([...highest].sort((a, b) => a - b));
    expect(highest[3]).toBeLessThan(1);
  });

  it('makes nothing of counts that cannot be', () => {
    const invalid = studyOf(seriesOf(3 * 24, () => [1_000, -1]));
    const result = recommendSli(invalid, {
      borrowed: { distribution, ownWeight: 0 },
    });
    expect(result.curve).toEqual([]);
    expect(result.predicted).toBeNull();
  });
});

describe('confidence', () => {
  const confidenceOf = (one: SliStudy) => recommendSli(one).confidence ?? NaN;

  it('is higher where past windows came as predicted', () => {
    const erratic = {
      ...study,
      replay: study.replay.map(past => ({ ...past, bad: 0 })),
    };
    expect(confidenceOf(erratic)).toBeLessThan(confidenceOf(study));
    expect(confidenceOf(study)).toBeLessThan(1);
    expect(confidenceOf(erratic)).toBeGreaterThan(0);
  });

  it('falls with every gap', () => {
    const all = [0, 0.1, 0.3, 0.45].map(share =>
      confidenceOf(
        studyOf(
          withCounts(shop, (total, bad, hour) =>
            (hour * 37) % 100 < share * 100 ? [NaN, NaN] : [total, bad],
          ),
        ),
      ),
    );
    expect(all).toEqual([...all].sort((a, b) => b - a));
  });

  it('rises with the length of the history', () => {
    const all = [14, 28, 60, 90].map(days =>
      confidenceOf(studyOf(seriesOf(days * 24, () => [2_000, 2]))),
    );
    expect(all).toEqual([...all].sort((a, b) => a - b));
  });

  it('leans on the stratum where the service has no windows of its own', () => {
    const young = studyOf(seriesOf(28 * 24, () => [2_000, 2]));
    const known = recommendSli(young, {
      // all windows of this fleet came at their predicted median
      fleet: fleetThat(() => 0.5),
    });
    expect(known.confidence).toBeGreaterThan(confidenceOf(young));
  });
});

describe('calibratedQuantile', () => {
  const fleet = fleetThat(probability => probability ** 3);

  it.each([
    [0.5, 'median'],
    [0.75, 'p75'],
    [0.9, 'p90'],
    [0.99, 'p99'],
  ] as const)('at %d is the predicted %s', (probability, name) => {
    const { predicted } = recommendSli(study, { fleet });
    expect(calibratedQuantile(study, fleet, probability)).toBe(
      predicted?.[name],
    );
  });

  it('is null where the study abstains', () => {
    const young = studyOf(seriesOf(3 * 24, () => [1_000, 1]));
    expect(calibratedQuantile(young, fleet, 0.9)).toBeNull();
  });
});

describe('the backtest', () => {
  const fleet = fleetThat(probability => probability ** 2);

  it('judges each past window by what would have been recommended before it', () => {
    const { backtest } = recommendSli(study, { fleet });
    expect(backtest).toHaveLength(7);
    for (const window of backtest) {
      expect(window.achieved).toBe(1 - window.bad / window.requests);
      expect(window.recommended).toBe(0.998);
      expect(window.attainment).toBeGreaterThanOrEqual(0.9);
      expect(window.kept).toBe(true);
    }
    expect(backtest[6].toMs).toBe(AS_OF_MS);
  });

  it('calibrates each with what the fleet had shown by its origin', () => {
    const replay = [84, 56, 28, 0].map(endedDaysAgo =>
      pastForecast(0.5, { endedDaysAgo, requests: 1_344_000 }),
    );
    const { backtest } = recommendSli({ ...study, replay }, { fleet });
    expect(backtest.map(({ calibrated }) => calibrated)).toEqual([
      false,
      true,
      true,
      true,
    ]);
    const [raw, ...tested] = backtest.map(({ pit }) => pit);
    expect(raw).toBe(0.5);
    // P(pit ≤ p) = √p on this fleet, all of which came before
    for (const pit of tested) {
      expect(pit).toBeCloseTo(Math.sqrt(0.5), 1);
    }
  });

  it('recommends nothing for windows before which too little was seen', () => {
    const replay = [{ ...pastForecast(0.5), goodRequests: 20 }];
    const { backtest } = recommendSli({ ...study, replay });
    expect(backtest[0]).toMatchObject({
      recommended: null,
      attainment: null,
      kept: null,
    });
  });

  it('keeps an objective met exactly', () => {
    const replay = [
      {
        ...pastForecast(0.5),
        bad: 20_000,
        attainments: new Array<number>(12).fill(0).fill(0.95, 0, 3),
      },
    ];
    const { backtest } = recommendSli({ ...study, replay });
    expect(backtest[0]).toMatchObject({ recommended: 0.98, kept: true });
    const [broken] = recommendSli({
      ...study,
      replay: [{ ...replay[0], bad: 20_001 }],
    }).backtest;
    expect(broken.kept).toBe(false);
  });
});
