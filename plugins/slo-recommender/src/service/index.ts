export { DatasourceNotice } from './DatasourceNotice';
export { ServiceBoundary, type Analysed } from './ServiceBoundary';
export { useServiceAnswer } from './useServiceAnswer';
