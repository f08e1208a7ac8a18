export { DatasourceStatuses } from './DatasourceStatuses';
export { DependenciesReader } from './DependenciesReader';
export { FleetCalibrationReader } from './FleetCalibrationReader';
export { GraphReader } from './GraphReader';
export { RecommendationsReader } from './RecommendationsReader';
export { ServicesReader } from './ServicesReader';
export { StatusReader } from './StatusReader';
export { Visibility } from './Visibility';
