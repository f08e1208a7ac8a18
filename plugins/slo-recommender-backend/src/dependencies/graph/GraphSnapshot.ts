import type {
  Alias,
  DependencyEdge,
  DependencyNode,
} from 'backstage-plugin-slo-recommender-common';
import type { DependencyGraph } from 'backstage-plugin-slo-recommender-engine';
import type { FoldedKind } from '../../telemetry';
import type { CatalogEntity } from '../../kernel/CatalogEntity';

/** What the current result of a service says of it. */
export interface NodeFigures extends Pick<
  DependencyNode,
  'verdict' | 'achieved' | 'recommendedObjective' | 'budgetRemaining'
> {
  entityRef: string;
  asOf: string;
}

/** A service or a neighbour of one. */
export interface GraphNode {
  /** Entity reference, or `undeclared:<name>`. */
  id: string;
  /** Null for undeclared services. */
  entityRef: string | null;
  name: string;
  kind: string;
  type: string | null;
  /** Undefined if it was not read from the catalog. */
  entity: CatalogEntity | undefined;
  inCatalog: boolean;
  result: NodeFigures | undefined;
  aliases: Alias[];
  cycleId: string | null;
  /** Entities that an undeclared name could mean, if they are several. */
  claimants: string[];
  /** Given if it stands for names that identify no service: what they are, and how many. */
  folded: { kind: FoldedKind; names: number } | null;
}

/** Services that call each other in a circle without a queue between. */
export interface GraphCycle {
  id: string;
  /** Indices of nodes, in the order of their ids. */
  members: number[];
  /** Indices of edges. */
  edges: number[];
}

/** The dependency graph as of one version of what it is made of. Shared by all that read it and never changed. */
export interface GraphSnapshot {
  version: number;
  /** When the version came to be. */
  changedAt: string;
  /** The instant that the graph is about. */
  referenceMs: number;
  /** In the order of their ids. */
  nodes: GraphNode[];
  /** Index of each node by its id. */
  indexOf: Map<string, number>;
  /** Those that are not stale first. */
  edges: DependencyEdge[];
  /** All edges; nodes and edges are numbered as above. */
  whole: DependencyGraph;
  /** Without the stale ones; its edges have the same numbers. */
  fresh: DependencyGraph;
  /** Different callers and callees of each node by edges that are not stale. */
  fanIn: Int32Array;
  fanOut: Int32Array;
  /** By id. */
  cycles: Map<string, GraphCycle>;
}
