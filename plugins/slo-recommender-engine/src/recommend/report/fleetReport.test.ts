import {
  AS_OF_MS,
  fleetOf,
  pastForecast,
  WINDOW_MS,
} from '../../__testUtils__/pastForecasts';
import { learnFromFleet, type ReplayedService } from '../../calibrate';
import { backtest, scoresOf } from '../backtest';
import { fleetReport } from './fleetReport';

const reportOf = (services: ReplayedService[]) => {
  const fleet = learnFromFleet(services, AS_OF_MS);
  return fleetReport(
    services.map(({ replay, windowMs }) => ({
      windowMs,
      backtest: backtest(replay, fleet, windowMs),
    })),
    fleet,
  );
};

describe('fleetReport of a fleet whose truth is known', () => {
  const report = reportOf(fleetOf(500, probability => probability));

  it('finds predictions that came true as often as they said', () => {
    expect(report.calibrated).toBe(true);
    expect(report.reliability.length).toBeGreaterThan(3);
    for (const { predicted, observed, interval } of report.reliability) {
      expect(Math.abs(observed - predicted)).toBeLessThan(0.03);
      expect(interval.from).toBeLessThanOrEqual(observed);
      expect(interval.to).toBeGreaterThanOrEqual(observed);
    }
  });

  it('finds the windows spread evenly over what was predicted', () => {
    expect(report.pitHistogram).toHaveLength(10);
    for (const share of report.pitHistogram) {
      expect(share).toBeCloseTo(0.1, 1);
    }
    expect(report.pitHistogram.reduce((sum, share) => sum + share)).toBeCloseTo(
      1,
      9,
    );
  });

  it('says that the probabilities held', () => {
    expect(report).toMatchObject({ tested: true, held: true });
  });

  it('covers what it said it would', () => {
    const [all, ...strata] = report.coverage;
    expect(all.stratum).toBeNull();
    for (const { nominal, observed } of all.levels) {
      expect(Math.abs(observed - nominal)).toBeLessThan(0.02);
    }
    expect(strata.map(({ stratum }) => stratum)).toEqual([
      {
        requests: { from: 1e6, to: 1e8 },
        historyDays: { from: 56, to: null },
      },
    ]);
  });

  it('leaves out windows from before the fleet could calibrate them', () => {
    // four windows of 500 services, the first of which nothing was known before
    expect(report.windows).toBe(1_500);
    expect(report.services).toBe(500);
  });

  it('finds a tenth of the balanced promises broken, at most', () => {
    expect(report.brokenShare).toBeLessThan(0.1);
    // 98 % holds always and is what is recommended; a tenth of the windows fail less than a tenth of that
    expect(report.vacuousShare).toBeCloseTo(0.1, 1);
  });

  it('sums up by months of UTC, oldest first', () => {
    expect(report.monthly.map(({ month }) => month)).toEqual([
      '2026-01',
      '2026-02',
    ]);
    const [january, february] = report.monthly;
    expect(january.windows + february.windows).toBe(1_500);
    // windows ended on 4 January, 1 February at midnight, and 1 March at midnight
    expect(january.windows).toBe(1_000);
    expect(february.recommended).toBe(0.98);
    expect(february.achieved).toBeCloseTo(0.99, 3);
    expect(february.keptShare).toBe(1);
  });
});

describe('fleetReport', () => {
  it('shows predictions that were too sure', () => {
    // before the fleet is calibrated, nothing mends them
    const services = fleetOf(10, probability => probability ** (1 / 4));
    const { calibrated, coverage, pitHistogram } = reportOf(services);
    expect(calibrated).toBe(false);
    expect(coverage[0].levels[0].observed).toBeLessThan(0.4);
    expect(pitHistogram[9]).toBeGreaterThan(0.3);
  });

  it('says that probabilities did not hold where the fleet changes faster than its past tells', () => {
    const changed = fleetOf(200, probability => probability).map(
      ({ replay, windowMs }) => ({
        windowMs,
        replay: [...replay.slice(0, 3), pastForecast(0.97)],
      }),
    );
    expect(reportOf(changed)).toMatchObject({ tested: true, held: false });
  });

  it('is of nothing where nothing was looked back on', () => {
    expect(reportOf([])).toEqual({
      calibrated: false,
      tested: false,
      held: true,
      windows: 0,
      services: 0,
      reliability: [],
      pitHistogram: [],
      brierScore: null,
      pinballLoss: null,
      vacuousShare: null,
      brokenShare: null,
      coverage: [{ stratum: null, windows: 0, services: 0, levels: [] }],
      monthly: [],
    });
  });

  it('counts broken promises', () => {
    const replay = [0.2, 0.4, 1.4].map((pit, i) =>
      pastForecast(pit, { endedDaysAgo: 28 * i }),
    );
    const { brokenShare, monthly } = reportOf([
      { windowMs: WINDOW_MS, replay },
    ]);
    // 98 % is recommended; 2.8 % failed in the window that ended on 4 January
    expect(brokenShare).toBeCloseTo(1 / 3, 12);
    expect(monthly[0]).toMatchObject({ month: '2026-01', keptShare: 0.5 });
  });
});

describe('scoresOf', () => {
  const [window] = backtest([pastForecast(0.5)], null, WINDOW_MS);

  it('is 0 for what was foreseen, and a quarter for what might as well have been tossed', () => {
    const kept = [1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0];
    const foreseen = { ...window, attainments: [...kept] };
    expect(scoresOf([foreseen]).brierScore).toBe(0);
    const tossed = { ...window, attainments: new Array<number>(12).fill(0.5) };
    expect(scoresOf([tossed]).brierScore).toBe(0.25);
  });

  it('weighs failures beyond the 90 % quantile nine times those short of it', () => {
    const lossAt = (p90: number) => scoresOf([{ ...window, p90 }]).pinballLoss;
    // 1 % failed
    expect(lossAt(0.01)).toBe(0);
    expect(lossAt(0.005)).toBeCloseTo(0.9 * 0.005, 12);
    expect(lossAt(0.02)).toBeCloseTo(0.1 * 0.01, 12);
  });

  it('is null of nothing', () => {
    expect(scoresOf([])).toEqual({ brierScore: null, pinballLoss: null });
  });
});
