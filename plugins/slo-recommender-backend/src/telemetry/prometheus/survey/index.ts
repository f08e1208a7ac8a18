export { DatasourceSurvey, type Resolution } from './DatasourceSurvey';
export type { DiscoveredNames } from './discoverNames';
export type { DayCounts } from './dayCounts';
export type { Review, ServiceReview } from './review';
