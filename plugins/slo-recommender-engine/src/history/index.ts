export { findChangePoints, type ChangePoint } from './changePoints';
export type { EventMarker } from './eventMarkers';
export { presentRegime, type PresentRegime } from './presentRegime';
export {
  DEFAULT_EXCLUSION_CAP,
  excludeHours,
  type ExcludedSeries,
  type Exclusion,
} from './exclusions';
