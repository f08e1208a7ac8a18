import { createHash } from 'crypto';
import { parseEntityRef } from '@backstage/catalog-model';
import type { DependencyEdge } from 'backstage-plugin-slo-recommender-common';
import {
  buildGraph,
  cycleIdentity,
  fanIn,
  fanOut,
  findCycles,
} from 'backstage-plugin-slo-recommender-engine';
import { isTelemetryOrigin } from '../store/DependencyStore';
import { foldedKind, foldedTitle } from '../../telemetry';
import {
  NAMES_ATTRIBUTE,
  type StoredDependency,
  type StoredNode,
} from '../store/dependencyRows';
import type { GraphVersion } from '../store/graphVersion';
import type { CatalogEntity } from '../../kernel/CatalogEntity';
import { sortYielding } from '../../kernel/concurrency/sortYielding';
import {
  inYieldingBatches,
  yieldToEventLoop,
} from '../../kernel/concurrency/yieldToEventLoop';
import { isEntry, ratePer, requestRates } from './requestRates';
import type {
  GraphCycle,
  GraphNode,
  GraphSnapshot,
  NodeFigures,
} from './GraphSnapshot';
import type { AliasRule } from '../../kernel/config/aliasRules';
import {
  type Identities,
  identifyNames,
  type OriginName,
  isUndeclared,
  undeclaredName,
} from '../identity/identifyNames';
import {
  type Freshness,
  joinNames,
  mergeOrigins,
  type OriginFacts,
} from './mergeOrigins';

/** Everything that the graph is made of, as of one version. */
export interface GraphFacts extends GraphVersion {
  /** By entity reference. */
  entities: Map<string, CatalogEntity>;
  /** Entities that have not opted in and that a source names; those that no name means are no nodes. */
  others?: Map<string, CatalogEntity>;
  /** What the catalog refers to and does not hold. */
  danglingRefs: Set<string>;
  edges: StoredDependency[];
  nodes: StoredNode[];
  results: NodeFigures[];
}

export interface SnapshotSettings {
  staleAfterMs: number;
  aliasRules: AliasRule[];
}

/** Joins names, sources and edges to one graph. Lets other work of the process run meanwhile. */
export async function buildSnapshot(
  facts: GraphFacts,
  settings: SnapshotSettings,
): Promise<GraphSnapshot> {
  const calls = facts.edges.filter(edge => !isEntry(edge));
  const names = await namesIn(calls);
  const identities = await identifyNames({
    names,
    reported: facts.nodes,
    entities: facts.entities,
    others: facts.others,
    rules: settings.aliasRules,
  });
  await yieldToEventLoop();
  const nodes = await makeNodes(facts, identities, names);
  const indexOf = new Map(nodes.map(({ id }, index) => [id, index]));
  await yieldToEventLoop();
  const referenceMs = referenceOf(facts);
  const edges = await mergeEdges(
    calls,
    { nodes, indexOfName: await indexNames(names, identities, indexOf) },
    { referenceMs, staleAfterMs: settings.staleAfterMs },
  );
  await yieldToEventLoop();
  countFolded(edges, nodes, indexOf);
  await yieldToEventLoop();
  const freshEdges = edges.filter(({ stale }) => !stale);
  const ordered = [...freshEdges, ...edges.filter(({ stale }) => stale)];
  await yieldToEventLoop();
  const rates = requestRates(facts, freshEdges, identities);
  for (const edge of ordered) {
    const served = rates.get(edge.source) ?? null;
    edge.callsPerRequest = ratePer(edge.callsPerSecond, served);
  }
  await yieldToEventLoop();

  const ends = (end: 'source' | 'target') =>
    Int32Array.from(ordered, edge => indexOf.get(edge[end]) ?? -1);
  const sources = ends('source');
  await yieldToEventLoop();
  const targets = ends('target');
  await yieldToEventLoop();
  const graphOf = (edgeCount: number) =>
    buildGraph(
      nodes.length,
      sources.subarray(0, edgeCount),
      targets.subarray(0, edgeCount),
    );
  const fresh = graphOf(freshEdges.length);
  await yieldToEventLoop();
  const cycles = findCycles(
    fresh,
    nodes.map(({ id }) => id),
    // who leaves a message waits for no answer
    edge => ordered[edge].kind !== 'async',
  ).map((cycle): GraphCycle => ({ ...cycle, id: cycleIdOf(cycle, nodes) }));
  await yieldToEventLoop();
  for (const { id, members, edges: within } of cycles) {
    for (const member of members) nodes[member].cycleId = id;
    for (const edge of within) ordered[edge].cycleId = id;
  }
  const whole = graphOf(ordered.length);
  await yieldToEventLoop();
  return {
    version: facts.version,
    changedAt: facts.changedAt,
    referenceMs,
    nodes,
    indexOf,
    edges: ordered,
    whole,
    fresh,
    fanIn: fanIn(fresh),
    fanOut: fanOut(fresh),
    cycles: new Map(cycles.map(cycle => [cycle.id, cycle])),
  };
}

function cycleIdOf(cycle: { members: number[] }, nodes: GraphNode[]): string {
  return createHash('sha256')
    .update(cycleIdentity(cycle.members.map(member => nodes[member].id)))
    .digest('base64url')
    .slice(0, 22);
}

/** The newest instant of what readers see; before the first analysis the newest that any source reported. */
function referenceOf({ results, edges }: GraphFacts): number {
  const newest = (instants: (string | null)[]) =>
    instants.reduce<string>((last, at) => (at && at > last ? at : last), '');
  const at =
    newest(results.map(({ asOf }) => asOf)) ||
    newest(edges.map(({ reportedAt }) => reportedAt));
  return at ? Date.parse(at) : 0;
}

async function makeNodes(
  facts: GraphFacts,
  identities: Identities,
  names: OriginName[],
): Promise<GraphNode[]> {
  const ids = new Set(facts.entities.keys());
  for await (const batch of inYieldingBatches(names)) {
    for (const named of batch) ids.add(identities.nodeIdOf(named));
  }
  const reported = new Map<string, { title?: string; type?: string }>();
  for (const node of facts.nodes) {
    if (isTelemetryOrigin(node.origin)) continue;
    const id = identities.nodeIdOf(node);
    ids.add(id);
    const known = reported.get(id);
    reported.set(id, {
      title: known?.title ?? node.title ?? undefined,
      type: known?.type ?? node.type ?? undefined,
    });
  }
  const results = new Map(
    facts.results.map(result => [result.entityRef, result]),
  );
  const nodeOf = (id: string): GraphNode => {
    const entity = facts.entities.get(id) ?? facts.others?.get(id);
    const isName = isUndeclared(id);
    const { title, type } = reported.get(id) ?? {};
    const ref = isName ? undefined : parseEntityRef(id);
    return {
      id,
      entityRef: isName ? null : id,
      name: entity?.title ?? title ?? ref?.name ?? undeclaredName(id),
      kind: entity?.kind ?? ref?.kind ?? 'undeclared',
      type: entity?.type ?? type ?? null,
      entity,
      inCatalog: entity !== undefined && !facts.danglingRefs.has(id),
      result: results.get(id),
      aliases: identities.aliases.get(id) ?? [],
      cycleId: null,
      claimants: identities.claimants.get(id) ?? [],
      folded: null,
    };
  };
  const nodes: GraphNode[] = [];
  for await (const batch of inYieldingBatches(await sortYielding(ids))) {
    for (const id of batch) nodes.push(nodeOf(id));
  }
  return nodes;
}

/** Marks the nodes that stand for several names, and says how many: each of them has one edge. */
function countFolded(
  edges: DependencyEdge[],
  nodes: GraphNode[],
  indexOf: Map<string, number>,
): void {
  for (const { source, target, provenance } of edges) {
    for (const id of [source, target]) {
      const kind = isUndeclared(id) && foldedKind(undeclaredName(id));
      const node = nodes[indexOf.get(id) ?? -1];
      if (!kind || !node) continue;
      const names = Math.max(
        1,
        ...provenance.map(({ attributes }) =>
          Number(attributes[NAMES_ATTRIBUTE] ?? 1),
        ),
      );
      node.folded = { kind, names };
      node.name = foldedTitle(kind, names);
    }
  }
}

/** Each name of an origin once. */
async function namesIn(rows: StoredDependency[]): Promise<OriginName[]> {
  const names = new Map<string, Set<string>>();
  for await (const batch of inYieldingBatches(rows)) {
    for (const { origin, sourceName, targetName } of batch) {
      const ofOrigin = names.get(origin);
      if (ofOrigin) ofOrigin.add(sourceName).add(targetName);
      else names.set(origin, new Set([sourceName, targetName]));
    }
  }
  return [...names].flatMap(([origin, ofOrigin]) =>
    [...ofOrigin].map(name => ({ origin, name })),
  );
}

/** Indices of nodes by origin, then by the origin's name. */
type IndexOfName = Map<string, Map<string, number>>;

async function indexNames(
  names: OriginName[],
  { nodeIdOf }: Identities,
  indexOf: Map<string, number>,
): Promise<IndexOfName> {
  const indices: IndexOfName = new Map();
  for await (const batch of inYieldingBatches(names)) {
    for (const named of batch) {
      const ofOrigin = indices.get(named.origin) ?? new Map<string, number>();
      indices.set(named.origin, ofOrigin);
      ofOrigin.set(named.name, indexOf.get(nodeIdOf(named)) ?? -1);
    }
  }
  return indices;
}

/** In the order of the ids of callers, then of callees. */
async function mergeEdges(
  rows: StoredDependency[],
  { nodes, indexOfName }: { nodes: GraphNode[]; indexOfName: IndexOfName },
  freshness: Freshness,
): Promise<DependencyEdge[]> {
  /** By the indices of caller and callee. */
  const rowsOfEdge = new Map<number, StoredDependency[]>();
  for await (const batch of inYieldingBatches(rows)) {
    for (const row of batch) {
      const ofOrigin = indexOfName.get(row.origin);
      const key =
        (ofOrigin?.get(row.sourceName) ?? -1) * nodes.length +
        (ofOrigin?.get(row.targetName) ?? -1);
      const known = rowsOfEdge.get(key);
      if (known) known.push(row);
      else rowsOfEdge.set(key, [row]);
    }
  }
  const edges: DependencyEdge[] = [];
  for await (const batch of inYieldingBatches(
    Float64Array.from(rowsOfEdge.keys()).sort(),
  )) {
    for (const key of batch) {
      edges.push({
        ...mergeOrigins(oneOfEachOrigin(rowsOfEdge.get(key) ?? []), freshness),
        source: nodes[Math.floor(key / nodes.length)].id,
        target: nodes[key % nodes.length].id,
        callsPerRequest: null,
        cycleId: null,
      });
    }
  }
  return edges;
}

function oneOfEachOrigin(rows: StoredDependency[]): OriginFacts[] {
  if (rows.length === 1) return rows;
  const byOrigin = new Map<string, StoredDependency[]>();
  for (const row of rows) {
    const known = byOrigin.get(row.origin);
    if (known) known.push(row);
    else byOrigin.set(row.origin, [row]);
  }
  return [...byOrigin.values()].map(joinNames);
}
