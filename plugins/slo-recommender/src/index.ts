/**
 * SLO Recommender for the new frontend system of Backstage.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
export { sloRecommenderApiRef } from './api';
export { isSloRecommenderAvailable } from './entity/kinds';
