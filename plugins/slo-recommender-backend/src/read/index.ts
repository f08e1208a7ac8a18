export { DatasourceStatuses } from './DatasourceStatuses';
export { DependenciesReader } from './DependenciesReader';
export { ErrorBudgetReader } from './ErrorBudgetReader';
export { RecommendationsReader } from './RecommendationsReader';
export { ServicesReader } from './ServicesReader';
export { SloReader } from './SloReader';
export { StatusReader } from './StatusReader';
export { Visibility } from './Visibility';
