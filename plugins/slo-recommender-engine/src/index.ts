/**
 * The mathematics of SLO Recommender: counts in, recommendations and error budgets out.
 *
 * Pure functions over typed arrays. Nothing here reads a clock, a file, a network or a name: the same inputs give
 * the same bytes, anywhere JavaScript runs. Ratios are fractions in [0, 1], instants and durations milliseconds in
 * UTC, and what is not known is `null` in every result.
 *
 * @packageDocumentation
 */
export * from './sli';
export * from './predict';
export * from './backtest';
export * from './calibrate';
export * from './study';
export * from './recommend';
export * from './budget';
export * from './graph';
export * from './latency';
export * from './history';
export * from './borrow';
