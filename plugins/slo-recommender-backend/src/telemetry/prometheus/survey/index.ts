export { DatasourceSurvey, type Resolution } from './DatasourceSurvey';
export type { DiscoveredNames } from './discoverNames';
export { dayOf } from './dayOf';
export type { DayCounts } from './dayCounts';
export type { Review, ServiceReview } from './review';
