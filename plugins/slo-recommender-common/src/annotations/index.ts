export * from './names';
export {
  parseServiceAnnotations,
  isOptedIn,
  type OptInMode,
  type ServiceAnnotations,
  type LatencyObjective,
  type RedundancyGroup,
} from './parse';
export * from './observedDependencies';
