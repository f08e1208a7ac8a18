export {
  buildGraph,
  type DependencyGraph,
  type Follow,
} from './DependencyGraph';
export {
  subgraph,
  type Direction,
  type Subgraph,
  type SubgraphOptions,
} from './subgraph';
export { blastRadius } from './blastRadius';
export { stronglyConnectedComponents, type Components } from './components';
export { condense, type Condensation } from './condense';
export { topologicalOrder } from './topologicalOrder';
export { cycleIdentity, findCycles, selfCalls, type Cycle } from './cycles';
export { fanIn, fanOut } from './degrees';
export { criticalPath, type CriticalPath } from './criticalPath';
