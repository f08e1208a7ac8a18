import {
  dependencyClassOf,
  peerGroupOf,
  type PeerTraits,
  trafficDecadeOf,
} from './PeerTraits';

const none: PeerTraits = {
  criticality: null,
  type: null,
  trafficDecade: null,
  dependencyClass: null,
};

it.each([
  [0, null],
  [3, { from: 0, to: 1_000 }],
  [999, { from: 0, to: 1_000 }],
  [1_000, { from: 1_000, to: 10_000 }],
  [250_000, { from: 100_000, to: 1_000_000 }],
  [1_000_000, { from: 1_000_000, to: 10_000_000 }],
  [5e8, { from: 100_000_000, to: 1_000_000_000 }],
  [4e12, { from: 1_000_000_000, to: null }],
])('%d requests a window: %j', (requests, range) => {
  const trafficDecade = trafficDecadeOf(requests);
  expect(peerGroupOf({ ...none, trafficDecade }).requests).toEqual(range);
});

it.each([
  [0, { from: 0, to: 1 }],
  [1, { from: 1, to: 6 }],
  [5, { from: 1, to: 6 }],
  [6, { from: 6, to: null }],
])('%d callees: %j', (callees, range) => {
  const dependencyClass = dependencyClassOf(callees);
  expect(peerGroupOf({ ...none, dependencyClass }).dependencies).toEqual(range);
});

it('asks for nothing that is not shared', () => {
  expect(peerGroupOf({ ...none, criticality: 'low' })).toEqual({
    criticality: 'low',
    type: null,
    requests: null,
    dependencies: null,
  });
});
