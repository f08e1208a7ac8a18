/**
 * Backend of SLO Recommender.
 *
 * @packageDocumentation
 */
export { sloRecommenderPlugin as default } from './plugin';
