import {
  dependencyClassOf,
  describePeers,
  trafficDecadeOf,
} from './PeerTraits';

it.each([
  [0, null],
  [3, 'fewer than 1 k requests'],
  [999, 'fewer than 1 k requests'],
  [1_000, '1 k to 10 k requests'],
  [250_000, '100 k to 1 M requests'],
  [1_000_000, '1 M to 10 M requests'],
  [5e8, '100 M to 1 G requests'],
  [4e12, '1 G requests or more'],
])('%d requests a window: %s', (requests, words) => {
  expect(trafficDecadeOf(requests)).toBe(words);
});

it.each([
  [0, 'no dependencies'],
  [1, '1 to 5 dependencies'],
  [5, '1 to 5 dependencies'],
  [6, 'more than 5 dependencies'],
])('%d callees: %s', (callees, words) => {
  expect(dependencyClassOf(callees)).toBe(words);
});

it.each([
  [{}, 'services of all kinds'],
  [{ criticality: 'critical' }, 'critical services'],
  [
    { criticality: 'low', type: 'website' },
    'services of type website and low criticality',
  ],
  [{ dependencyClass: 'no dependencies' }, 'services with no dependencies'],
])('peers that share %j are %s', (shared, words) => {
  const none = {
    criticality: null,
    type: null,
    trafficDecade: null,
    dependencyClass: null,
  };
  expect(describePeers({ ...none, ...shared })).toBe(words);
});
