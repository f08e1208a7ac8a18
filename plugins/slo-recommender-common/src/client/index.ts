export {
  SloRecommenderClient,
  type SloRecommenderApi,
} from './SloRecommenderClient';
