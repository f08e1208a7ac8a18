import { DAY_MS, HOUR_MS } from 'backstage-plugin-slo-recommender-engine';
import { FLEET_MODELS } from './models';
import {
  LOOKBACK_DAYS,
  ORIGINS,
  simulateFleet,
  trialsAt,
  WINDOW_DAYS,
} from './origins';

const fleet = simulateFleet(FLEET_MODELS[0], 200, 1);
const origins = Array.from({ length: ORIGINS }, (_, origin) =>
  trialsAt(origin, fleet, 2),
);

describe('trials', () => {
  it('do not depend on how many services there are', () => {
    expect(simulateFleet(FLEET_MODELS[0], 3, 1)).toEqual(fleet.slice(0, 3));
  });

  it('see nothing later than their origin, and at most 90 days', () => {
    for (const { series, asOfMs, historyDays } of origins.flat()) {
      expect(series.startMs + series.total.length * HOUR_MS).toBe(asOfMs);
      expect(series.total).toHaveLength(24 * historyDays);
      expect(historyDays).toBeLessThanOrEqual(LOOKBACK_DAYS);
    }
  });

  it('come out as the 28 days from their origin on do', () => {
    const [, second] = origins;
    const { outcome, service } = second[5];
    const from = 24 * (LOOKBACK_DAYS + WINDOW_DAYS);
    const window = service.series.bad.slice(from, from + 24 * WINDOW_DAYS);
    expect(outcome.bad).toBe(window.reduce((sum, bad) => sum + bad, 0));
  });

  it('have windows that follow each other without a gap or an overlap', () => {
    const starts = origins.map(([trial]) => trial.asOfMs);
    expect(starts.slice(1).map((start, i) => start - starts[i])).toEqual(
      new Array(ORIGINS - 1).fill(WINDOW_DAYS * DAY_MS),
    );
  });

  it('are of young services in one case of four', () => {
    const ages = origins.flat().map(({ historyDays }) => historyDays);
    const young = ages.filter(age => age < LOOKBACK_DAYS);
    expect(young.length / ages.length).toBeCloseTo(0.25, 1);
    expect(Math.min(...young)).toBeGreaterThanOrEqual(15);
    expect(Math.max(...young)).toBeLessThanOrEqual(60);
  });

  it('count the incidents of their history alone', () => {
    for (const { incidentsSeen, service, asOfMs, historyDays } of origins[0]) {
      const asOfDay = (asOfMs - service.series.startMs) / DAY_MS;
      expect(incidentsSeen).toBe(
        service.incidents.filter(
          day => day < asOfDay && day >= asOfDay - historyDays,
        ).length,
      );
    }
  });
});
