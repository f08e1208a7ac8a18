import type { Distribution } from '../predict';
import { mixtureOf } from './mixture';
import { peerGroupOf, type PeerGroup, type PeerTraits } from './PeerTraits';

/** A service whose own data are enough, so that others may borrow from it. */
export interface PeerGroupMember {
  traits: PeerTraits;
  /** Predicted unavailability of its next window. */
  distribution: Distribution;
}

/** Services that are like one that borrows from them. */
export interface Peers {
  /** What they have in common. */
  group: PeerGroup;
  count: number;
  /** Unavailability of the next window of one of them, whichever it is. */
  distribution: Distribution;
}

/** Fewer than this are not a group: the next, wider one is taken. */
export const FEWEST_PEERS = 5;

type Trait = keyof PeerTraits;

/** Traits that peers share, narrowest group first. Traffic is kept longest: it says how fine an objective can be. */
const HIERARCHY: readonly (readonly Trait[])[] = [
  ['criticality', 'type', 'trafficDecade', 'dependencyClass'],
  ['criticality', 'type', 'trafficDecade'],
  ['criticality', 'trafficDecade'],
  ['trafficDecade'],
  [],
];

/** The services of a fleet that others may borrow from. Groups are put together when they are first asked for. */
export class PeerGroups {
  readonly #members: readonly PeerGroupMember[];
  readonly #groups = new Map<string, Peers | null>();

  constructor(members: readonly PeerGroupMember[]) {
    this.#members = members;
  }

  /** The narrowest group with at least `FEWEST_PEERS`; null where the fleet has fewer. */
  find(traits: PeerTraits): Peers | null {
    for (const shared of HIERARCHY) {
      const peers = this.#group({
        criticality: null,
        type: null,
        trafficDecade: null,
        dependencyClass: null,
        ...Object.fromEntries(shared.map(trait => [trait, traits[trait]])),
      });
      if (peers) {
        return peers;
      }
    }
    return null;
  }

  #group(shared: PeerTraits): Peers | null {
    const key = JSON.stringify([
      shared.criticality,
      shared.type,
      shared.trafficDecade,
      shared.dependencyClass,
    ]);
    const known = this.#groups.get(key);
    if (known !== undefined) {
      return known;
    }
    const members = this.#members.filter(({ traits }) =>
      isLike(traits, shared),
    );
    const peers =
      members.length < FEWEST_PEERS
        ? null
        : {
            group: peerGroupOf(shared),
            count: members.length,
            distribution: mixtureOf(
              members.map(({ distribution }) => distribution),
            ),
          };
    this.#groups.set(key, peers);
    return peers;
  }
}

function isLike(traits: PeerTraits, shared: PeerTraits): boolean {
  return HIERARCHY[0].every(
    trait => shared[trait] === null || shared[trait] === traits[trait],
  );
}

/** @param members - services whose own data are enough; one that borrows is none of them. */
export function createPeerGroups(
  members: readonly PeerGroupMember[],
): PeerGroups {
  return new PeerGroups(members);
}

/** The peers of a service: the narrowest group of at least `FEWEST_PEERS`, at last the whole fleet; null where that is smaller. */
export function findPeers(
  groups: PeerGroups,
  traits: PeerTraits,
): Peers | null {
  return groups.find(traits);
}
