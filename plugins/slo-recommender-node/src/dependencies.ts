/** A service as a dependency source knows it. */
export interface ReportedNode {
  /** Entity reference such as `component:default/checkout`, or the name that telemetry has. */
  name: string;
  title?: string;
  /** For example `service`, `database`, `queue` or `external`. */
  type?: string;
  /** Other names of the same service. */
  aliases?: string[];
}

/** An edge from caller to callee as a dependency source knows it. What it does not know it leaves out. */
export interface ReportedEdge {
  source: string;
  target: string;
  kind?: 'sync' | 'async' | 'database' | 'virtual';
  strength?: 'hard' | 'soft';
  calls?: number;
  failedCalls?: number;
  /** Seconds over which the calls were counted. */
  seconds?: number;
  /** Instants in ISO 8601, UTC. */
  firstSeenAt?: string;
  lastSeenAt?: string;
  attributes?: Record<string, string>;
}

/** Everything that a dependency source knows as of an instant. */
export interface ReportedDependencies {
  nodes: ReportedNode[];
  edges: ReportedEdge[];
}

/**
 * Knows services and their dependencies from elsewhere than the catalog and the configured datasources: a service mesh, a
 * cluster, an inventory. Asked before each analysis of the whole fleet.
 */
export interface DependencySource {
  /** Letters, digits, points, dashes and underscores. */
  readonly id: string;
  /** `declared`: the source says what is meant to be. `observed`: it has seen calls. */
  readonly claim: 'observed' | 'declared';

  /** Rejects with an error that names the source and the remedy if it cannot answer; its previous report then stays. */
  fetchDependencies(options: {
    asOf: Date;
    signal: AbortSignal;
  }): Promise<ReportedDependencies>;
}
