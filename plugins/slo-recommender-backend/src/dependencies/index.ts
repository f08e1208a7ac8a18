export { dependencySteps } from './analysisSteps';
export { Cycles } from './Cycles';
export { DependenciesReader } from './DependenciesReader';
export { DependencyReports } from './DependencyReports';
export { DependencySources } from './DependencySources';
export { Graph } from './graph/Graph';
export { GraphReader } from './GraphReader';
export { withSeenNames } from './identity/withSeenNames';
export { dependenciesRoutes } from './routes';
export { CycleStore } from './store/CycleStore';
export {
  type DeclaredDependency,
  DependencyStore,
  telemetryOrigin,
} from './store/DependencyStore';
export { readGraphVersion } from './store/graphVersion';
