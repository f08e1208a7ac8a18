export { Definition, Definitions } from './Definitions';
export {
  AsOfFact,
  CompletenessFact,
  ENOUGH_COMPLETENESS,
  SimulatedFact,
} from './EvidenceFact';
export { Fact, FactList, type Tone } from './Fact';
export { failureTone } from './failureTone';
export { Failure } from './Failure';
export { Figure, Lead, Quantity } from './Lead';
export { EntityName } from './EntityName';
export { ENTRIES_PER_PAGE, PagedList } from './PagedList';
export { Panel } from './Panel';
export {
  CYCLE_ICON,
  DECLARED_ONLY_ICON,
  OBSERVED_ONLY_ICON,
  STALE_ICON,
  UNDECLARED_ICON,
} from './signs';
export { Snippet } from './Snippet';
export { StateCard } from './StateCard';
export { stateIcon } from './stateIcon';
export { TextFilter } from './TextFilter';
export { Waiting } from './Waiting';
