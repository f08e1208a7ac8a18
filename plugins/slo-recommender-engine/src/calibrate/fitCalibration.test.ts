import fc from 'fast-check';
import {
  AS_OF_MS,
  fleetOf,
  pastForecast,
  WINDOW_MS,
} from '../__testUtils__/pastForecasts';
import { LEVELS } from '../predict';
import { DAY_MS } from '../sli';
import { calibratedProbability, predictedFor, stratumIn } from './calibration';
import { fitCalibration, isNearMedian } from './fitCalibration';

/** What the fleet says where predictions say 75, 90 and 99 %. */
const said = (services: ReturnType<typeof fleetOf>) => {
  const { fleet } = fitCalibration(services, AS_OF_MS);
  return [0.75, 0.9, 0.99].map(level => calibratedProbability(fleet, level));
};

describe('fitCalibration', () => {
  it('leaves a fleet alone whose predictions are right', () => {
    const [at75, at90, at99] = said(fleetOf(500, probability => probability));
    expect(at75).toBeCloseTo(0.75, 2);
    expect(at90).toBeCloseTo(0.9, 2);
    expect(at99).toBeCloseTo(0.99, 3);
  });

  it('widens predictions that are too narrow', () => {
    // P(pit ≤ p) = p³
    const services = fleetOf(500, probability => probability ** (1 / 3));
    const [at75, at90] = said(services);
    expect(at75).toBeCloseTo(0.75 ** 3, 1);
    expect(at90).toBeCloseTo(0.9 ** 3, 1);
    const { fleet } = fitCalibration(services, AS_OF_MS);
    expect(predictedFor(fleet, 0.9)).toBeCloseTo(0.9 ** (1 / 3), 2);
  });

  it('narrows predictions that are too wide', () => {
    const services = fleetOf(500, probability => probability ** 3);
    const [at75, at90] = said(services);
    expect(at75).toBeCloseTo(0.75 ** (1 / 3), 1);
    expect(at90).toBeCloseTo(0.9 ** (1 / 3), 1);
    const { fleet } = fitCalibration(services, AS_OF_MS);
    expect(predictedFor(fleet, 0.9)).toBeCloseTo(0.9 ** 3, 1);
  });

  it('leans on the predictions themselves where few windows are known', () => {
    const distances = [1, 5, 25, 500].map(services => {
      const [at75] = said(fleetOf(services, () => 0.9));
      return 0.75 - at75;
    });
    // all of them fell at 90 %, so that none was within 75 %
    expect(distances).toEqual([...distances].sort((a, b) => a - b));
    expect(distances[0]).toBeLessThan(0.15);
    expect(distances[3]).toBeGreaterThan(0.7);
  });

  it('says the predictions themselves of a fleet without any window', () => {
    const { fleet, strata } = fitCalibration([], AS_OF_MS);
    fleet.within.forEach((share, i) =>
      expect(share).toBeCloseTo(LEVELS[i], 12),
    );
    expect(fleet).toMatchObject({ evidence: 0, windows: 0, services: 0 });
    expect(strata).toEqual([]);
  });

  it('tells strata of traffic and age apart', () => {
    const calibration = fitCalibration(
      [
        ...fleetOf(200, probability => probability ** 3, {
          requests: 5_000,
        }),
        ...fleetOf(200, probability => probability ** (1 / 3), {
          requests: 5_000_000,
          historyDays: 30,
        }),
      ],
      AS_OF_MS,
    );
    expect(calibration.strata.map(([key]) => key)).toEqual([
      'traffic-0 age-2',
      'traffic-2 age-1',
    ]);
    const [quiet, busy] = calibration.strata.map(([key]) =>
      calibratedProbability(stratumIn(calibration, key), 0.75),
    );
    expect(quiet).toBeGreaterThan(0.8);
    expect(busy).toBeLessThan(0.6);
  });

  it('has a stratum with few windows lean on the fleet', () => {
    const calibration = fitCalibration(
      [
        ...fleetOf(400, probability => probability ** 3),
        ...fleetOf(1, () => 0.99, { requests: 1_000 }),
      ],
      AS_OF_MS,
    );
    const few = calibratedProbability(
      stratumIn(calibration, 'traffic-0 age-2'),
      0.75,
    );
    const fleet = calibratedProbability(calibration.fleet, 0.75);
    expect(few).toBeLessThan(fleet);
    expect(fleet - few).toBeLessThan(0.1);
  });

  it('believes new windows more than old ones, half as much after 4 windows', () => {
    const one = (endedDaysAgo: number) =>
      fitCalibration(
        [
          {
            windowMs: WINDOW_MS,
            replay: [pastForecast(0.5, { endedDaysAgo })],
          },
        ],
        AS_OF_MS,
      ).fleet.evidence;
    // windows every 7 days, of which each is a quarter that no other overlaps
    expect(one(0)).toBe(0.25);
    expect(one(4 * 28)).toBe(0.125);
    expect(one(8 * 28)).toBe(0.0625);
  });

  it('looks at no window that ended after the instant', () => {
    const services = fleetOf(100, probability => probability ** 2);
    const ended = services.map(({ windowMs, replay }) => ({
      windowMs,
      replay: replay.filter(({ toMs }) => toMs <= AS_OF_MS - 28 * DAY_MS),
    }));
    const asOfMs = AS_OF_MS - 28 * DAY_MS;
    expect(fitCalibration(services, asOfMs)).toEqual(
      fitCalibration(ended, asOfMs),
    );
  });

  it('never falls, whatever came, also in the tail that few windows reach', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
          maxLength: 200,
        }),
        pits => {
          const { fleet } = fitCalibration(
            [
              {
                windowMs: WINDOW_MS,
                replay: pits.map(pit => pastForecast(pit)),
              },
            ],
            AS_OF_MS,
          );
          const { within } = fleet;
          expect(within).toEqual([...within].sort((a, b) => a - b));
          expect(within[0]).toBeGreaterThan(0);
          expect(within[within.length - 1]).toBeLessThan(1);
        },
      ),
    );
  });

  it('scales the tail of the prediction from where windows tell no more', () => {
    // 600 windows, twice as many beyond every level as predicted
    const { fleet } = fitCalibration(
      fleetOf(600, probability => 1 - (1 - probability) / 2),
      AS_OF_MS,
    );
    expect(calibratedProbability(fleet, 0.99)).toBeCloseTo(0.98, 2);
    expect(calibratedProbability(fleet, 0.999)).toBeCloseTo(0.998, 3);
  });
});

describe('isNearMedian', () => {
  it.each<[string, number, number, number, boolean]>([
    ['as predicted', 1_000, 100, 0.1, true],
    ['twice as many', 1_000, 200, 0.1, true],
    ['more than twice as many', 1_000, 201, 0.1, false],
    ['half as many', 1_000, 50, 0.1, true],
    ['less than half as many', 1_000, 49, 0.1, false],
    ['none where less than one was predicted', 1_000, 0, 1e-6, true],
    ['two where less than one was predicted', 1_000, 2, 1e-6, true],
    ['three where less than one was predicted', 1_000, 3, 1e-6, false],
  ])('%s', (_, requests, bad, median, expected) => {
    const past = pastForecast(0.5, { requests });
    past.quantiles[0] = median;
    expect(isNearMedian({ ...past, bad })).toBe(expected);
  });
});
