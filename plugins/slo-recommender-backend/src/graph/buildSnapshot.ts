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
import { isTelemetryOrigin, type StoredDependency } from '../store';
import { isEntry } from './entry';
import type { GraphCycle, GraphNode, GraphSnapshot } from './GraphSnapshot';
import type { AliasRule } from './identity';
import {
  type Identities,
  identifyNames,
  type OriginName,
  isUndeclared,
  undeclaredName,
} from './identifyNames';
import { type Freshness, mergeOrigins } from './mergeOrigins';
import { joinNames, type OriginFacts } from './originFacts';
import type { GraphFacts } from './readGraphFacts';
import { requestRates } from './requestRates';
import { takingTurns } from './takingTurns';

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
  const identities = identifyNames({
    names: namesIn(calls),
    reported: facts.nodes,
    entities: facts.entities,
    rules: settings.aliasRules,
  });
  const nodes = makeNodes(facts, identities, calls);
  const indexOf = new Map(nodes.map(({ id }, index) => [id, index]));
  const referenceMs = referenceOf(facts);
  const edges = await mergeEdges(
    calls,
    { identities, nodes, indexOf },
    {
      referenceMs,
      staleAfterMs: settings.staleAfterMs,
    },
  );
  const freshEdges = edges.filter(({ stale }) => !stale);
  const ordered = [...freshEdges, ...edges.filter(({ stale }) => stale)];
  const rates = requestRates(facts, freshEdges, identities);
  for (const edge of ordered) {
    const served = rates.get(edge.source) ?? null;
    edge.callsPerRequest =
      edge.callsPerSecond === null || served === null
        ? null
        : edge.callsPerSecond / served;
  }

  const graphOf = (some: DependencyEdge[]) =>
    buildGraph(
      nodes.length,
      Int32Array.from(some, ({ source }) => indexOf.get(source) ?? -1),
      Int32Array.from(some, ({ target }) => indexOf.get(target) ?? -1),
    );
  const fresh = graphOf(freshEdges);
  const cycles = findCycles(
    fresh,
    nodes.map(({ id }) => id),
    // who leaves a message waits for no answer
    edge => ordered[edge].kind !== 'async',
  ).map((cycle): GraphCycle => ({ ...cycle, id: cycleIdOf(cycle, nodes) }));
  for (const { id, members, edges: within } of cycles) {
    for (const member of members) nodes[member].cycleId = id;
    for (const edge of within) ordered[edge].cycleId = id;
  }
  return {
    version: facts.version,
    changedAt: facts.changedAt,
    referenceMs,
    nodes,
    indexOf,
    edges: ordered,
    whole: graphOf(ordered),
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

/** The newest instant of what readers see; before the first analysis the newest that any source told of. */
function referenceOf({ results, edges }: GraphFacts): number {
  const newest = (instants: (string | null)[]) =>
    instants.reduce<string>((last, at) => (at && at > last ? at : last), '');
  const at =
    newest(results.map(({ asOf }) => asOf)) ||
    newest(edges.map(({ toldAt }) => toldAt));
  return at ? Date.parse(at) : 0;
}

function makeNodes(
  facts: GraphFacts,
  identities: Identities,
  calls: StoredDependency[],
): GraphNode[] {
  const ids = new Set(facts.entities.keys());
  for (const { origin, sourceName, targetName } of calls) {
    ids.add(identities.nodeIdOf({ origin, name: sourceName }));
    ids.add(identities.nodeIdOf({ origin, name: targetName }));
  }
  const told = new Map<string, { title?: string; type?: string }>();
  for (const node of facts.nodes) {
    if (isTelemetryOrigin(node.origin)) continue;
    const id = identities.nodeIdOf(node);
    ids.add(id);
    const known = told.get(id);
    told.set(id, {
      title: known?.title ?? node.title ?? undefined,
      type: known?.type ?? node.type ?? undefined,
    });
  }
  const results = new Map(
    facts.results.map(result => [result.entityRef, result]),
  );
  return [...ids].sort().map(id => {
    const entity = facts.entities.get(id);
    const isName = isUndeclared(id);
    const { title, type } = told.get(id) ?? {};
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
    };
  });
}

/** Each name of an origin once. */
function namesIn(rows: StoredDependency[]): OriginName[] {
  const names = new Map<string, Set<string>>();
  for (const { origin, sourceName, targetName } of rows) {
    const ofOrigin = names.get(origin) ?? new Set();
    names.set(origin, ofOrigin.add(sourceName).add(targetName));
  }
  return [...names].flatMap(([origin, ofOrigin]) =>
    [...ofOrigin].map(name => ({ origin, name })),
  );
}

/** In the order of the ids of callers, then of callees. */
async function mergeEdges(
  rows: StoredDependency[],
  {
    identities,
    nodes,
    indexOf,
  }: {
    identities: Identities;
    nodes: GraphNode[];
    indexOf: Map<string, number>;
  },
  freshness: Freshness,
): Promise<DependencyEdge[]> {
  /** By the indices of caller and callee, then by origin. */
  const told = new Map<number, Map<string, OriginFacts[]>>();
  const indexOfName = (origin: string, name: string) =>
    indexOf.get(identities.nodeIdOf({ origin, name })) ?? -1;
  for await (const batch of takingTurns(rows)) {
    for (const { sourceName, targetName, ...row } of batch) {
      const { origin } = row;
      const key =
        indexOfName(origin, sourceName) * nodes.length +
        indexOfName(origin, targetName);
      const byOrigin = told.get(key);
      if (!byOrigin) {
        told.set(key, new Map([[origin, [row]]]));
        continue;
      }
      byOrigin.set(origin, [...(byOrigin.get(origin) ?? []), row]);
    }
  }
  const edges: DependencyEdge[] = [];
  const inOrder = [...told].sort(([a], [b]) => a - b);
  for await (const batch of takingTurns(inOrder)) {
    for (const [key, byOrigin] of batch) {
      edges.push({
        source: nodes[Math.floor(key / nodes.length)].id,
        target: nodes[key % nodes.length].id,
        ...mergeOrigins([...byOrigin.values()].map(joinNames), freshness),
        callsPerRequest: null,
        cycleId: null,
      });
    }
  }
  return edges;
}
