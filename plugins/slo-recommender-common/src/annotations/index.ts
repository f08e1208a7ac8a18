export * from './names';
export {
  parseServiceAnnotations,
  isOptedIn,
  type OptInMode,
  type ServiceAnnotations,
  type LatencyObjective,
  type RedundancyGroup,
} from './parse';
export { parseLabelMatchers, type LabelMatcher } from './matchers';
export * from './observedDependencies';
