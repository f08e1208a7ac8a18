export { DatasourceStatuses } from './DatasourceStatuses';
export { FleetCalibrationReader } from './FleetCalibrationReader';
export { RecommendationsReader } from './RecommendationsReader';
export { ServicesReader } from './ServicesReader';
export { StatusReader } from './StatusReader';
export { Visibility } from './Visibility';
