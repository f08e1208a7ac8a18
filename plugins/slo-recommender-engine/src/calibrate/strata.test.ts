import { DAY_MS } from '../sli';
import { stratumKey, stratumRange, stratumOf } from './strata';

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

  it('has a range of requests and of days', () => {
    expect(stratumRange({ traffic: 2, age: 1 }, 28 * DAY_MS)).toEqual({
      requests: { from: 1e6, to: 1e8 },
      historyDays: { from: 28, to: 56 },
    });
    expect(stratumRange({ traffic: 0, age: 0 }, DAY_MS)).toEqual({
      requests: { from: 0, to: 1e4 },
      historyDays: { from: 0, to: 1 },
    });
    expect(stratumRange({ traffic: 3, age: 2 }, DAY_MS)).toEqual({
      requests: { from: 1e8, to: null },
      historyDays: { from: 2, to: null },
    });
  });
});
