export * from './calls';
export * from './durations';
export * from './instants';
export * from './numbers';
export * from './ratios';
export * from './slis';
export { explain, type ExplanationFacts } from './explain';
export * from './latencyReasons';
export * from './reasons';
