export { recommendationSteps } from './analysisSteps';
export { CalibrationStore } from './CalibrationStore';
export { EmptyAnswers } from './EmptyAnswers';
export { FleetCalibrationReader } from './FleetCalibrationReader';
export { FleetCalibrations } from './FleetCalibrations';
export { inputsKey } from './inputsKey';
export { notAnalysedReason } from './notAnalysed';
export { RecommendationsReader } from './RecommendationsReader';
export {
  type ResultFigures,
  ResultStore,
  type ServiceResult,
  type StoredRecommendation,
} from './ResultStore';
export { recommendationsRoutes } from './routes';
export { ServiceStudies } from './ServiceStudies';
