import { FLEET_MODELS, simulateFleet, trialsAt } from '../fleet';
import { ours, oursOnWholeHistory, oursUncalibrated } from './ours';

const trials = trialsAt(0, simulateFleet(FLEET_MODELS[0], 60, 1), 2);

describe.each([ours, oursOnWholeHistory, oursUncalibrated])('$name', method => {
  const forecasts = method.forecast(trials);

  it('predicts every service that has 15 days of history', () => {
    expect(forecasts).toHaveLength(trials.length);
    expect(forecasts).not.toContain(null);
  });

  it('says more of a higher probability, within 0 and 1', () => {
    for (const forecast of forecasts) {
      const values = [0.01, 0.5, 0.75, 0.9, 0.99, 0.999].map(
        probability => forecast?.quantile(probability) ?? NaN,
      );
      expect(values).toEqual([...values].sort((a, b) => a - b));
      expect(values[0]).toBeGreaterThanOrEqual(0);
      expect(values[5]).toBeLessThanOrEqual(1);
    }
  });

  it('has nothing to say of no fleet', () => {
    expect(method.forecast([])).toEqual([]);
  });
});

it('abstains while a service is too young', () => {
  const [{ series, ...rest }] = trials;
  const days = 5;
  const young = {
    ...rest,
    series: {
      startMs: series.startMs + (series.total.length / 24 - days) * 86_400_000,
      total: series.total.slice(-24 * days),
      bad: series.bad.slice(-24 * days),
    },
  };
  expect(ours.forecast([young])).toEqual([null]);
});
