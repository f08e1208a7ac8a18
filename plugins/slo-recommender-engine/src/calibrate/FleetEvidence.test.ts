import {
  AS_OF_MS,
  fleetOf,
  pastForecast,
} from '../__testUtils__/pastForecasts';
import { DAY_MS } from '../sli';
import {
  calibratedStratum,
  learnFromFleet,
  originsOf,
  stratumThen,
} from './FleetEvidence';
import { fitCalibration } from './fitCalibration';

const services = fleetOf(100, probability => probability ** 2);

describe('learnFromFleet', () => {
  const fleet = learnFromFleet(services, AS_OF_MS);

  it('learns for now, and for each instant at which a past window began', () => {
    expect(fleet.calibration).toEqual(fitCalibration(services, AS_OF_MS));
    expect(fleet.past.map(({ asOfMs }) => asOfMs)).toEqual(
      [112, 84, 56, 28].map(daysAgo => AS_OF_MS - daysAgo * DAY_MS),
    );
    expect(originsOf(services)).toEqual(fleet.past.map(({ asOfMs }) => asOfMs));
  });

  it('knows at each origin what had ended by then, and nothing later', () => {
    expect(fleet.past.map(({ fleet: { windows } }) => windows)).toEqual([
      0, 100, 200, 300,
    ]);
    const otherwise = services.map(({ windowMs, replay }) => ({
      windowMs,
      replay: replay.map((past, i) =>
        i < 2 ? past : { ...past, pit: 0.999, bad: past.requests },
      ),
    }));
    const changed = learnFromFleet(otherwise, AS_OF_MS);
    // the third window ended 28 days ago
    expect(changed.past.slice(0, 3)).toEqual(fleet.past.slice(0, 3));
    expect(changed.past[3]).not.toEqual(fleet.past[3]);
  });
});

describe('stratumThen', () => {
  it('is what the fleet had shown when the window began', () => {
    const fleet = learnFromFleet(services, AS_OF_MS);
    const windows = [84, 56, 28, 0].map(
      endedDaysAgo =>
        stratumThen(fleet, pastForecast(0.5, { endedDaysAgo }), 28 * DAY_MS)
          ?.windows ?? null,
    );
    expect(windows).toEqual([null, 100, 200, 300]);
  });

  it('is null without a fleet', () => {
    expect(stratumThen(null, pastForecast(0.5), 28 * DAY_MS)).toBeNull();
  });
});

describe('calibratedStratum', () => {
  it('is null where the fleet shows too little', () => {
    const small = fitCalibration(services.slice(0, 10), AS_OF_MS);
    expect(calibratedStratum(small, { traffic: 1, age: 2 })).toBeNull();
    expect(calibratedStratum(undefined, { traffic: 1, age: 2 })).toBeNull();
  });
});
