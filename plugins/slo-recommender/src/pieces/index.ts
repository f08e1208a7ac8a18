export {
  AsOfFact,
  CompletenessFact,
  ENOUGH_COMPLETENESS,
  SimulatedFact,
} from './EvidenceFact';
export { Fact, FactList, type Tone } from './Fact';
export { Failure } from './Failure';
export { Figure, Lead, Quantity } from './Lead';
export { Panel } from './Panel';
export { Snippet } from './Snippet';
export { StateCard } from './StateCard';
export { stateIcon } from './stateIcon';
export { Waiting } from './Waiting';
