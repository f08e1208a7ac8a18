export type { CatalogEntity, Criticality } from '../kernel/CatalogEntity';
export * from './AnalysisStore';
export * from './CalibrationStore';
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
export * from './FetchedCallsStore';
export * from './ResultStore';
export * from './VisibleSetStore';
