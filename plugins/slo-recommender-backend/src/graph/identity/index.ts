export type { NamedEdge, NamedNode } from './callGraph';
export { type AliasGraph, findAliasCandidates } from './findAliasCandidates';
export {
  type NamedService,
  type ResolvedName,
  resolveNames,
} from './resolveNames';
