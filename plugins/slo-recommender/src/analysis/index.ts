export { AnalyseButton } from './AnalyseButton';
export { AnalysisProgress } from './AnalysisProgress';
