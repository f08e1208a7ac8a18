export { ExclusionsPanel } from './ExclusionsPanel';
export { type HappeningsAnswer, useHappenings } from './useHappenings';
