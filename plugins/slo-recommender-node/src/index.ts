/**
 * Extension points of SLO Recommender.
 *
 * @packageDocumentation
 */
export * from './telemetry';
export * from './histograms';
export * from './dependencies';
export * from './extensions';
export * from './names';
