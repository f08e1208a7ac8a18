import type { PeerGroup } from 'backstage-plugin-slo-recommender-engine';
import { peerGroupWords, stratumWords } from './groups';

it.each([
  [{ from: 0, to: 1e3 }, 'services with fewer than 1 k requests'],
  [{ from: 1e3, to: 1e4 }, 'services with 1 k to 10 k requests'],
  [{ from: 1e5, to: 1e6 }, 'services with 100 k to 1 M requests'],
  [{ from: 1e6, to: 1e7 }, 'services with 1 M to 10 M requests'],
  [{ from: 1e8, to: 1e9 }, 'services with 100 M to 1 G requests'],
  [{ from: 1e9, to: null }, 'services with 1 G requests or more'],
])('peers with requests %j are %s', (requests, words) => {
  const group = { criticality: null, type: null, dependencies: null };
  expect(peerGroupWords({ ...group, requests })).toBe(words);
});

it.each<[Partial<PeerGroup>, string]>([
  [{}, 'services of all kinds'],
  [{ criticality: 'critical' }, 'critical services'],
  [
    { criticality: 'low', type: 'website' },
    'services of type website and low criticality',
  ],
  [{ dependencies: { from: 0, to: 1 } }, 'services with no dependencies'],
  [{ dependencies: { from: 1, to: 6 } }, 'services with 1 to 5 dependencies'],
  [
    { dependencies: { from: 6, to: null } },
    'services with more than 5 dependencies',
  ],
  [
    {
      criticality: 'critical',
      type: 'service',
      requests: { from: 1e6, to: 1e7 },
      dependencies: { from: 1, to: 6 },
    },
    'critical services of type service with 1 M to 10 M requests and 1 to 5 dependencies',
  ],
])('peers that share %j are %s', (shared, words) => {
  const none = {
    criticality: null,
    type: null,
    requests: null,
    dependencies: null,
  };
  expect(peerGroupWords({ ...none, ...shared })).toBe(words);
});

describe('stratumWords', () => {
  it('is labelled for people', () => {
    expect(
      stratumWords({
        requests: { from: 1e6, to: 1e8 },
        historyDays: { from: 28, to: 56 },
      }),
    ).toBe('1 M to 100 M requests a window, 28 to 56 days of history');
    expect(
      stratumWords({
        requests: { from: 0, to: 1e4 },
        historyDays: { from: 0, to: 1 },
      }),
    ).toBe('fewer than 10 k requests a window, less than 1 day of history');
    expect(
      stratumWords({
        requests: { from: 1e8, to: null },
        historyDays: { from: 56, to: null },
      }),
    ).toBe('100 M requests a window or more, 56 days of history or more');
    expect(stratumWords(null)).toBe('All services');
  });
});
