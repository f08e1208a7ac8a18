export { inBatches, openDatabase } from './database';
export * from './AnalysisStore';
export * from './DatasourceStatusStore';
export * from './DependencyStore';
export * from './EntityStore';
export * from './FleetStore';
export * from './LeaseStore';
export { isPlausible } from './packedDay';
export * from './SliHistoryStore';
