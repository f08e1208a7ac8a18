export { AnnotationIssues, DanglingReferences } from './AnnotationIssues';
export { DataCaveat, DatasourceNotice } from './DatasourceNotice';
export { AwaitsAnalysis, FirstAnalysis } from './FirstAnalysis';
export { NotOptedIn } from './NotOptedIn';
export { ServiceBoundary, type Analysed } from './ServiceBoundary';
export { useServiceAnswer } from './useServiceAnswer';
