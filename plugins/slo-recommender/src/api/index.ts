export { sloRecommenderApiRef } from './ref';
