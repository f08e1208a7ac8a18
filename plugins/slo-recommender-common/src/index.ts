/**
 * The contract of SLO Recommender: what its API takes and answers, and what its annotations mean.
 *
 * @packageDocumentation
 */
export * from './annotations';
export * from './schemas';
export { type Operation, SERVICE_PATH } from './operation';
export { operations } from './operations';
export * from './client';
export * from './words';
export * from './permissions';
