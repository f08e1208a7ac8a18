export * from './readSloRecommenderConfig';
