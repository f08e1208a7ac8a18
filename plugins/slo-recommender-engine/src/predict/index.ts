export { createRandom, DEFAULT_SEED, type Random } from './random';
export { blockShape, blocksOf, type Blocks, type BlockShape } from './blocks';
export { predictUnavailability, REPLICATES } from './predictUnavailability';
export { attainmentOf, quantileOf } from './attainment';
