/**
 * Catalog processor of SLO Recommender.
 *
 * @packageDocumentation
 */
export { catalogModuleSloRecommender as default } from './module';
