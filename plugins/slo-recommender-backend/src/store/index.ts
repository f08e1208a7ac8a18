export { readConsistently } from './bulk';
export { inBatches, openDatabase } from './database';
export * from './AnalysisStore';
export * from './DataQualityStore';
export * from './CycleStore';
export * from './DatasourceStatusStore';
export {
  type DependencyClaim,
  edgeKey,
  type StoredDependency,
  type StoredNode,
  type ToldDependency,
  type ToldNode,
} from './dependencyRows';
export * from './DependencyStore';
export * from './EntityStore';
export * from './FleetStore';
export * from './graphVersion';
export * from './LeaseStore';
export * from './FetchedCallsStore';
export { ALL_HOURS, HOURS_PER_DAY, isPlausible } from './packedDay';
export * from './PublishedResultStore';
export * from './SliHistoryStore';
