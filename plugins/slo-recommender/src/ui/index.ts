export { Definition, Definitions } from './Definitions';
export {
  AsOfFact,
  CompletenessFact,
  ENOUGH_COMPLETENESS,
  SimulatedFact,
} from './EvidenceFact';
export { Fact, FactList, type Tone } from './Fact';
export { Choice, FilterSelect } from './Choice';
export { Failure, LoadFailure } from './Failure';
export { Figure, Lead, Quantity } from './Lead';
export { EntityName } from './EntityName';
export { PagedList } from './PagedList';
export { Panel } from './Panel';
export { Snippet } from './Snippet';
export { column, Detailed, figureColumn, StackedTable } from './StackedTable';
export { StateCard } from './StateCard';
export {
  stateIcon,
  failureTone,
  CYCLE_ICON,
  DECLARED_ONLY_ICON,
  OBSERVED_ONLY_ICON,
  STALE_ICON,
  UNDECLARED_ICON,
} from './stateIcon';
export { TextFilter } from './TextFilter';
export { Awaited, Waiting } from './Waiting';
