import fc from 'fast-check';
import { arbitraryFleet } from '../__testUtils__/arbitraryFleet';
import {
  attainmentOf,
  calibratedProbability,
  isCalibrated,
  predictedFor,
  stratumIn,
  wilsonInterval,
  type Calibration,
} from './calibration';

const arbitraryProbability = fc.double({ min: 0.001, max: 0.999, noNaN: true });

describe('attainmentOf', () => {
  it('says what the prediction says where nothing was tested, short of certainty', () => {
    expect(attainmentOf(null, 0.8)).toEqual({
      attainment: 0.8,
      attainmentInterval: null,
    });
    expect(attainmentOf(null, 0).attainment).toBe(0.0005);
    expect(attainmentOf(null, 1).attainment).toBe(0.9995);
  });

  it('says more for a prediction that says more', () => {
    fc.assert(
      fc.property(
        arbitraryFleet,
        arbitraryProbability,
        arbitraryProbability,
        ({ calibration: { fleet } }, one, two) => {
          const low = attainmentOf(fleet, Math.min(one, two)).attainment;
          const high = attainmentOf(fleet, Math.max(one, two)).attainment;
          expect(high).toBeGreaterThanOrEqual(low);
        },
      ),
    );
  });

  it('has an interval around what it says', () => {
    fc.assert(
      fc.property(
        arbitraryFleet,
        arbitraryProbability,
        ({ calibration: { fleet } }, predicted) => {
          const { attainment, attainmentInterval } = attainmentOf(
            fleet,
            predicted,
          );
          expect(attainmentInterval?.from).toBeLessThanOrEqual(attainment);
          expect(attainmentInterval?.to).toBeGreaterThanOrEqual(attainment);
        },
      ),
    );
  });
});

describe('predictedFor', () => {
  it('is the inverse of what is said', () => {
    fc.assert(
      fc.property(
        arbitraryFleet,
        arbitraryProbability,
        ({ calibration: { fleet } }, predicted) => {
          const said = calibratedProbability(fleet, predicted);
          // where the curve is all but flat, many predictions say the same
          expect(
            calibratedProbability(fleet, predictedFor(fleet, said)),
          ).toBeCloseTo(said, 9);
        },
      ),
    );
  });

  it('is a probability, for every probability', () => {
    fc.assert(
      fc.property(
        arbitraryFleet,
        fc.double({ min: 0, max: 1, noNaN: true }),
        ({ calibration: { fleet } }, probability) => {
          const predicted = predictedFor(fleet, probability);
          expect(predicted).toBeGreaterThanOrEqual(0);
          expect(predicted).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});

describe('wilsonInterval', () => {
  it('is that of Wilson at 90 %', () => {
    const { from, to } = wilsonInterval(0.9, 100);
    expect(from).toBeCloseTo(0.8396, 4);
    expect(to).toBeCloseTo(0.9393, 4);
  });

  it('contains the share, in [0, 1], and narrows with more windows', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        (share, count) => {
          const { from, to } = wilsonInterval(share, count);
          expect(from).toBeGreaterThanOrEqual(0);
          expect(from).toBeLessThanOrEqual(share);
          expect(to).toBeGreaterThanOrEqual(share);
          expect(to).toBeLessThanOrEqual(1);
          const narrower = wilsonInterval(share, 4 * Math.max(1, count));
          expect(narrower.to - narrower.from).toBeLessThan(to - from);
        },
      ),
    );
  });
});

describe('a calibration', () => {
  const stratum = {
    within: [],
    evidence: 30,
    support: 70,
    windows: 60,
    services: 20,
    nearMedian: 0.5,
  };

  it.each<[string, number, number, boolean]>([
    ['12 windows of 20 services are enough', 12, 20, true],
    ['11 windows are too few', 11, 20, false],
    ['19 services are too few', 300, 19, false],
  ])('%s', (_, evidence, services, expected) => {
    const fleet = { ...stratum, evidence, services };
    expect(isCalibrated({ asOfMs: 0, fleet, strata: [] })).toBe(expected);
  });

  it('speaks for the fleet where it has no such stratum', () => {
    const other = { ...stratum, windows: 5 };
    const calibration: Calibration = {
      asOfMs: 0,
      fleet: stratum,
      strata: [['traffic-1 age-2', other]],
    };
    expect(stratumIn(calibration, 'traffic-1 age-2')).toBe(other);
    expect(stratumIn(calibration, 'traffic-3 age-0')).toBe(stratum);
  });
});
