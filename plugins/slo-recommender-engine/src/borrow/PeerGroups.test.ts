import { LEVELS, quantileOf } from '../predict';
import { createPeerGroups, findPeers } from './PeerGroups';
import { type PeerGroup, peerGroupOf, type PeerTraits } from './PeerTraits';

const traitsOf = (traits: Partial<PeerTraits>): PeerTraits => ({
  criticality: null,
  type: null,
  trafficDecade: null,
  dependencyClass: null,
  ...traits,
});

/** Members whose next window has an unavailability around the one given. */
const membersOf = (count: number, traits: Partial<PeerTraits>, around = 1e-3) =>
  Array.from({ length: count }, () => ({
    traits: traitsOf(traits),
    distribution: LEVELS.map(level => around * (0.5 + level)),
  }));

const checkout: PeerTraits = {
  criticality: 'critical',
  type: 'service',
  trafficDecade: 6,
  dependencyClass: 'few',
};

/** What all the services have in common that share these traits with the checkout. */
const sharing = (...traits: (keyof PeerTraits)[]) =>
  peerGroupOf(
    traitsOf(Object.fromEntries(traits.map(trait => [trait, checkout[trait]]))),
  );

describe('findPeers', () => {
  it.each<{
    has: Partial<PeerTraits>[];
    group: PeerGroup | null;
    count?: number;
  }>([
    {
      has: [checkout],
      group: sharing('criticality', 'type', 'trafficDecade', 'dependencyClass'),
      count: 5,
    },
    {
      has: [{ ...checkout, dependencyClass: 'none' }],
      group: sharing('criticality', 'type', 'trafficDecade'),
      count: 5,
    },
    {
      has: [{ ...checkout, type: 'website' }],
      group: sharing('criticality', 'trafficDecade'),
      count: 5,
    },
    {
      has: [
        { ...checkout, criticality: 'low' },
        { ...checkout, criticality: null },
      ],
      group: sharing('trafficDecade'),
      count: 10,
    },
    {
      has: [{ ...checkout, trafficDecade: 3 }],
      group: sharing(),
      count: 5,
    },
    { has: [], group: null },
  ])(
    'of a fleet with five each of $has takes $group',
    ({ has, ...expected }) => {
      const members = has.flatMap(traits => membersOf(5, traits));
      const peers = findPeers(createPeerGroups(members), checkout);
      expect(peers?.group ?? null).toEqual(expected.group);
      expect(peers?.count).toBe(expected.count);
    },
  );

  it('does not ask for what is not known of a service', () => {
    const groups = createPeerGroups(membersOf(6, checkout));
    const peers = findPeers(groups, { ...checkout, criticality: null });
    expect(peers?.group).toEqual(
      sharing('type', 'trafficDecade', 'dependencyClass'),
    );
  });

  it('four are no group', () => {
    const groups = createPeerGroups(membersOf(4, checkout));
    expect(findPeers(groups, checkout)).toBeNull();
  });
});

describe('the distribution of peers', () => {
  it('of equal ones is theirs, to a few per cent', () => {
    const groups = createPeerGroups(membersOf(7, checkout));
    const { distribution } = findPeers(groups, checkout)!;
    for (const level of [0.1, 0.5, 0.9, 0.99]) {
      const share = quantileOf(distribution, level) / (1e-3 * (0.5 + level));
      expect(Math.abs(share - 1)).toBeLessThan(0.08);
    }
  });

  it('is as wide as they differ: a mixture, no mean of quantiles', () => {
    const groups = createPeerGroups([
      ...membersOf(5, checkout, 1e-5),
      ...membersOf(5, checkout, 1e-2),
    ]);
    const { distribution } = findPeers(groups, checkout)!;
    expect(quantileOf(distribution, 0.25)).toBeLessThan(2e-5);
    expect(quantileOf(distribution, 0.75)).toBeGreaterThan(5e-3);
  });

  it('is the same to the bit in whatever order they come', () => {
    const members = Array.from({ length: 40 }, (_, i) =>
      membersOf(1, checkout, 1e-6 * 1.3 ** i),
    ).flat();
    const inOrder = findPeers(createPeerGroups(members), checkout);
    const turned = findPeers(createPeerGroups(members.toReversed()), checkout);
    expect(turned).toEqual(inOrder);
  });

  it('rises, and stays within 0 and 1, of perfect and of broken services', () => {
    const groups = createPeerGroups([
      ...membersOf(3, checkout, 0),
      ...Array.from({ length: 3 }, () => ({
        traits: checkout,
        distribution: new Float64Array(LEVELS.length).fill(1),
      })),
    ]);
    const { distribution } = findPeers(groups, checkout)!;
    expect([...distribution]).toEqual([...distribution].sort((a, b) => a - b));
    expect(distribution[0]).toBeGreaterThanOrEqual(0);
    expect(distribution[LEVELS.length - 1]).toBeLessThanOrEqual(1);
    expect(quantileOf(distribution, 0.4)).toBeLessThan(1e-6);
    expect(quantileOf(distribution, 0.6)).toBeGreaterThan(0.9);
  });
});
