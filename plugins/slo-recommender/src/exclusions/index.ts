export { ExclusionsPanel } from './ExclusionsPanel';
export { type TimelineAnswer, useTimeline } from './useTimeline';
