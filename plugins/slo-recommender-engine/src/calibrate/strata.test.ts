import { DAY_MS } from '../sli';
import { stratumKey, stratumLabel, stratumOf } from './strata';

describe('stratumOf', () => {
  it.each<[string, number, number, number, string]>([
    ['no traffic, no history', 0, 0, 28, 'traffic-0 age-0'],
    ['just below 10 k requests', 9_999, 28, 28, 'traffic-0 age-1'],
    ['10 k requests', 10_000, 27.9, 28, 'traffic-1 age-0'],
    ['a million requests', 1e6, 56, 28, 'traffic-2 age-2'],
    ['a hundred million', 1e8, 55, 28, 'traffic-3 age-1'],
    ['two days for a window of one', 1e5, 2, 1, 'traffic-1 age-2'],
  ])('%s', (_, usualRequests, historyDays, windowDays, key) => {
    const windowMs = windowDays * DAY_MS;
    expect(
      stratumKey(stratumOf({ usualRequests, historyDays, windowMs })),
    ).toBe(key);
  });

  it('is labelled for people', () => {
    expect(stratumLabel({ traffic: 2, age: 1 }, 28 * DAY_MS)).toBe(
      '1 M to 100 M requests a window, 28 to 56 days of history',
    );
    expect(stratumLabel({ traffic: 0, age: 0 }, DAY_MS)).toBe(
      'fewer than 10 k requests a window, less than 1 day of history',
    );
  });
});
