export { createRandom, DEFAULT_SEED, type Random } from './random';
export {
  blockShape,
  FEWEST_DAYS,
  firstSteps,
  sumSteps,
  type StepSums,
} from './blocks';
export {
  LEVELS,
  probabilityWithin,
  quantileOf,
  type Distribution,
} from './distribution';
export { expectedRequests } from './traffic';
export {
  predictFromSteps,
  predictUnavailability,
  REPLICATES,
} from './predictUnavailability';
