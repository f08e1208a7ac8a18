export { AnnotationIssues } from './AnnotationIssues';
export { DanglingReferences } from './DanglingReferences';
export { DatasourceNotice } from './DatasourceNotice';
export { FirstAnalysis } from './FirstAnalysis';
export { NotOptedIn } from './NotOptedIn';
export { ServiceBoundary, type Analysed } from './ServiceBoundary';
export { useServiceAnswer } from './useServiceAnswer';
