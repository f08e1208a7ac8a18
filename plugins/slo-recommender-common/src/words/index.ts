export * from './calls';
export * from './durations';
export * from './instants';
export * from './numbers';
export * from './ratios';
export * from './slis';
