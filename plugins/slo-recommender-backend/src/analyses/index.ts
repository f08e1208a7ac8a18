export { AnalysisQueue } from './AnalysisQueue';
export { AnalysisRunner } from './AnalysisRunner';
export { AnalysisSchedule } from './AnalysisSchedule';
export { AnalysisStore } from './AnalysisStore';
export { AnalysisWorker } from './AnalysisWorker';
export { analysesRoutes } from './routes';
export { StatusReader } from './StatusReader';
