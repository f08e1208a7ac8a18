export { AnnotationIssues, DanglingReferences } from './AnnotationIssues';
export { DatasourceNotice } from './DatasourceNotice';
export { FirstAnalysis } from './FirstAnalysis';
export { NotOptedIn } from './NotOptedIn';
export { ServiceBoundary, type Analysed } from './ServiceBoundary';
export { useServiceAnswer } from './useServiceAnswer';
