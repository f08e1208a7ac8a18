export { AnalysisQueue } from './AnalysisQueue';
export { AnalysisRunner } from './AnalysisRunner';
export { EmptyAnswers } from './EmptyAnswers';
export { recommendationSteps } from './recommendationSteps';
export { AnalysisSchedule } from './AnalysisSchedule';
export { AnalysisWorker } from './AnalysisWorker';
export { FleetCalibrations } from './FleetCalibrations';
export { ServiceStudies } from './ServiceStudies';
