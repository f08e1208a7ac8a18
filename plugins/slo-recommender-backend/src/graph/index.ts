export { dependencySteps } from './analysisSteps';
export { type CurrentCycle, Cycles } from './Cycles';
export { DependencyReports } from './DependencyReports';
export { DependencySources } from './DependencySources';
export { Graph } from './Graph';
export type { GraphCycle, GraphNode, GraphSnapshot } from './GraphSnapshot';
export {
  findAliasCandidates,
  type NamedEdge,
  type NamedNode,
  resolveNames,
} from './identity';
export { isUndeclared, undeclaredName } from './identifyNames';
export { withSeenNames } from './withSeenNames';
