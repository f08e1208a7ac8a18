export {
  dependencyClassOf,
  trafficDecadeOf,
  type DependencyClass,
  type PeerGroup,
  type PeerTraits,
} from './PeerTraits';
export {
  createPeerGroups,
  FEWEST_PEERS,
  findPeers,
  type PeerGroupMember,
  type PeerGroups,
  type Peers,
} from './PeerGroups';
export { borrow } from './borrow';
export {
  longerWindow,
  ownWeight,
  sufficientAt,
  type SeenSoFar,
} from './sufficiency';
