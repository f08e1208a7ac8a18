import { createRandom } from 'backstage-plugin-slo-recommender-engine';
import { median } from '../../report/figures';
import type { FleetModel } from './FleetModel';
import { FLEET_MODELS } from './models';
import { simulateService, type SimulatedService } from './simulateService';

const DAYS = 140;
const SERVICES = 200;

const simulate = (model: FleetModel, service: number) =>
  simulateService(model, DAYS, createRandom(service));
const fleets = FLEET_MODELS.map(model => ({
  model,
  fleet: Array.from({ length: SERVICES }, (_, i) => simulate(model, i)),
}));

/** Requests, and log of the failure ratio, of each day. */
function daysOf({ series }: SimulatedService) {
  return Array.from({ length: DAYS }, (_, day) => {
    const sum = (counts: Float64Array) =>
      counts.subarray(24 * day, 24 * day + 24).reduce((a, b) => a + b, 0);
    const [total, bad] = [sum(series.total), sum(series.bad)];
    return { total, logRatio: Math.log((bad + 0.5) / total) };
  });
}

const mean = (values: number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Correlation of neighbouring days in busy services without incidents, where noise is all that moves. */
function autocorrelation(fleet: SimulatedService[]): number {
  const quiet = fleet.filter(
    ({ incidents, requestsPerDay }) =>
      incidents.length === 0 && requestsPerDay > 1e6,
  );
  return mean(
    quiet.map(service => {
      const logs = daysOf(service).map(({ logRatio }) => logRatio);
      const centre = mean(logs);
      const off = logs.map(log => log - centre);
      const products = off.slice(1).map((one, i) => one * off[i]);
      return mean(products) / mean(off.map(one => one ** 2));
    }),
  );
}

describe.each(fleets)('the fleet “$model.name”', ({ model, fleet }) => {
  it('is the same for the same seed', () => {
    expect(simulate(model, 7)).toEqual(fleet[7]);
  });

  it('has whole counts, and never more failures than requests', () => {
    for (const { series } of fleet) {
      expect(
        series.total.every(
          (total, i) =>
            Number.isInteger(total) &&
            Number.isInteger(series.bad[i]) &&
            series.bad[i] <= total,
        ),
      ).toBe(true);
    }
  });

  it('has 0.65 times the requests at weekends', () => {
    const shares = fleet.map(service => {
      const totals = daysOf(service).map(({ total }) => total);
      const weekend = totals.filter((_, day) => day % 7 >= 5);
      return mean(weekend) / mean(totals.filter((_, day) => day % 7 < 5));
    });
    expect(mean(shares)).toBeCloseTo(0.65, 2);
  });

  it('has a busy afternoon and a quiet night', () => {
    const { total } = fleet[0].series;
    const hourly = (hour: number) =>
      mean([...total].filter((_, i) => i % 24 === hour));
    expect(hourly(14) / hourly(2)).toBeCloseTo(4, 0);
  });

  it('has an incident in 45 days, and many services without any', () => {
    const counts = fleet.map(({ incidents }) => incidents.length);
    expect(mean(counts) / DAYS).toBeCloseTo(1 / 45, 2);
    expect(
      counts.filter(count => count === 0).length / SERVICES,
    ).toBeGreaterThan(0.15);
  });
});

describe('how fleets differ', () => {
  const [standard, heavyTails, persistent, regimeChanges] = fleets.map(
    ({ fleet }) => fleet,
  );

  const medianRatio = (fleet: SimulatedService[]) =>
    Math.exp(
      median(
        fleet.map(service =>
          median(daysOf(service).map(({ logRatio }) => logRatio)),
        ),
      ),
    );
  const worstDay = (service: SimulatedService) =>
    Math.max(...daysOf(service).map(({ logRatio }) => logRatio));

  it('the standard fleet fails 4 in 10,000 requests in the median', () => {
    expect(medianRatio(standard)).toBeGreaterThan(3e-4);
    expect(medianRatio(standard)).toBeLessThan(6e-4);
  });

  it('days of the persistent fleet are alike', () => {
    expect(autocorrelation(standard)).toBeGreaterThan(0.2);
    expect(autocorrelation(standard)).toBeLessThan(0.55);
    expect(autocorrelation(persistent)).toBeGreaterThan(0.75);
  });

  it('the worst days are worse where tails are heavier', () => {
    expect(median(heavyTails.map(worstDay))).toBeGreaterThan(
      median(standard.map(worstDay)) + 0.3,
    );
  });

  it('a third of the services changes by a factor of 3 to 10 within the first 90 days', () => {
    const changes = regimeChanges.map(service => {
      const logs = daysOf(service).map(({ logRatio }) => logRatio);
      return Math.abs(median(logs.slice(0, 10)) - median(logs.slice(90)));
    });
    const changed = changes.filter(change => change > Math.log(2.5));
    expect(changed.length / SERVICES).toBeGreaterThan(0.2);
    expect(changed.length / SERVICES).toBeLessThan(0.4);
  });
});
