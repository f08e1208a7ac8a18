import type { Knex } from 'knex';
import type {
  DependencyKind,
  DependencyStrength,
} from 'backstage-plugin-slo-recommender-common';
import { deleteInBulk, readInPages } from '../../kernel/database/bulk';
import {
  type DependencyClaim,
  edgeColumns,
  edgeFromRow,
  edgeKey,
  nodeColumns,
  nodeFromRow,
  type RawDbEdgeRow,
  type RawDbNodeRow,
  type StoredDependency,
  type StoredNode,
  toEdgeRow,
  type ToldDependency,
  type ToldNode,
  toNodeRow,
} from './dependencyRows';
import { mergeEdgeRows, mergeNodeRows, replaceEdgeRows } from './mergeTold';
import {
  bumpGraphVersion,
  bumpGraphVersionIfCatalogChanged,
} from './graphVersion';
import { inYieldingBatches } from '../../kernel/concurrency/yieldToEventLoop';

export const CATALOG_ORIGIN = 'catalog';
export const telemetryOrigin = (datasourceId: string) =>
  `telemetry:${datasourceId}`;
export const isTelemetryOrigin = (origin: string) =>
  origin.startsWith(telemetryOrigin(''));
export const reportOrigin = (sourceId: string) => `report:${sourceId}`;

/** An edge between two entities as the catalog declares it. */
export interface DeclaredDependency {
  sourceRef: string;
  targetRef: string;
  /** Null where the catalog does not say. */
  kind: DependencyKind | null;
  strength: DependencyStrength;
}

/** What an origin knows as of an instant. */
export interface Telling {
  origin: string;
  claim: DependencyClaim;
  toldAt: Date;
  /** No two of one name. */
  nodes: ToldNode[];
  /** No two of the same caller and callee. */
  edges: ToldDependency[];
  /** `replace`: the origin knows nothing else. */
  mode: 'merge' | 'replace';
}

/** What became of a telling. */
export interface TellingOutcome {
  newEdges: number;
  removedEdges: number;
}

type EdgeKey = Pick<RawDbEdgeRow, 'origin' | 'source_name' | 'target_name'>;

const EDGE_KEY: (keyof EdgeKey)[] = ['origin', 'source_name', 'target_name'];

const edgeKeyColumns = {
  origin: edgeColumns.origin,
  source_name: edgeColumns.source_name,
  target_name: edgeColumns.target_name,
} as const;

const edgeKeyOf = ({ source_name, target_name }: EdgeKey) =>
  edgeKey(source_name, target_name);

/** Edges between services and their neighbours, and what is told of services, one row for each origin of knowledge. */
export class DependencyStore {
  readonly #db: Knex;
  readonly #now: () => Date;

  constructor(db: Knex, now: () => Date = () => new Date()) {
    this.#db = db;
    this.#now = now;
  }

  /**
   * Makes the declared edges exactly these; edges of other origins stay as they are. What has not changed is not
   * written. To be called after the entities were written, in the same transaction.
   */
  async replaceDeclared(
    dependencies: DeclaredDependency[],
    tx: Knex,
  ): Promise<void> {
    const present = new Map<string, RawDbEdgeRow>();
    for await (const page of readInPages<RawDbEdgeRow>(tx, 'dependency_edges', {
      key: EDGE_KEY,
      where: { origin: CATALOG_ORIGIN },
    })) {
      for (const row of page) present.set(edgeKeyOf(row), row);
    }
    const changed: RawDbEdgeRow[] = [];
    for await (const batch of inYieldingBatches(dependencies)) {
      for (const row of batch.map(declaredRow)) {
        const before = present.get(edgeKeyOf(row));
        if (before?.kind !== row.kind || before.strength !== row.strength) {
          changed.push(row);
        }
        present.delete(edgeKeyOf(row));
      }
    }
    await this.#deleteEdges([...present.values()], tx);
    await replaceEdgeRows(changed, tx);
    await bumpGraphVersionIfCatalogChanged(tx, this.#now());
  }

  /**
   * Adds what an origin tells to what it told before. Where the telling is about an earlier instant than one before, it
   * only adds what was not known. The same telling twice changes nothing.
   */
  async tell(telling: Telling, tx: Knex): Promise<TellingOutcome> {
    const { origin, claim, nodes, edges, mode } = telling;
    await bumpGraphVersion(tx, this.#now());
    const toldAt = telling.toldAt.toISOString();
    const rows: RawDbEdgeRow[] = [];
    const unknown = new Set<string>();
    for await (const batch of inYieldingBatches(edges)) {
      for (const edge of batch) {
        const row = toEdgeRow({ ...edge, origin, claim, toldAt, reports: 1 });
        rows.push(row);
        unknown.add(edgeKeyOf(row));
      }
    }
    const gone: EdgeKey[] = [];
    for await (const page of readInPages<EdgeKey & { told_at: string | null }>(
      tx,
      'dependency_edges',
      { key: EDGE_KEY, columns: [...EDGE_KEY, 'told_at'], where: { origin } },
    )) {
      for (const row of page) {
        const isTold = unknown.delete(edgeKeyOf(row));
        if (!isTold && mode === 'replace' && (row.told_at ?? '') <= toldAt) {
          gone.push(row);
        }
      }
    }
    await this.#deleteEdges(gone, tx);
    await mergeEdgeRows(rows, tx);
    // a telling of edges alone says nothing of nodes
    if (mode === 'replace' && (nodes.length > 0 || edges.length === 0)) {
      await this.#deleteNodesExcept(origin, nodes, toldAt, tx);
    }
    await mergeNodeRows(
      nodes.map(node => toNodeRow(origin, toldAt, node)),
      tx,
    );
    return {
      newEdges: unknown.size,
      removedEdges: gone.length,
    };
  }

  /** Forgets what datasources told that are no longer configured. */
  async forgetDatasourcesExcept(
    datasourceIds: string[],
    tx: Knex,
  ): Promise<void> {
    for (const table of ['dependency_edges', 'dependency_nodes']) {
      await tx(table)
        .whereLike('origin', telemetryOrigin('%'))
        .whereNotIn('origin', datasourceIds.map(telemetryOrigin))
        .delete();
    }
  }

  /**
   * Forgets what datasources saw last before an instant, so that names that come and go do not pile up. What is declared
   * or reported stays until whoever told it takes it back.
   */
  async forgetUnseenSince(instant: Date, tx: Knex): Promise<void> {
    const unseen = [
      ['dependency_edges', 'last_seen_at'],
      ['dependency_nodes', 'told_at'],
    ].map(([table, column]) =>
      tx(table)
        .whereLike('origin', telemetryOrigin('%'))
        .where(column, '<', instant.toISOString()),
    );
    const found = await Promise.all(unseen.map(rows => rows.clone().first()));
    if (!found.some(Boolean)) return;
    await bumpGraphVersion(tx, this.#now());
    for (const rows of unseen) await rows.delete();
  }

  /** In order of origin, caller and callee. */
  async listEdges(): Promise<StoredDependency[]> {
    const edges: StoredDependency[] = [];
    for await (const page of readInPages<RawDbEdgeRow>(
      this.#db,
      'dependency_edges',
      { key: EDGE_KEY },
    )) {
      for (const row of page) edges.push(edgeFromRow(row));
    }
    return edges;
  }

  /** Number of services that each caller is known to call, by the caller's name. */
  async countCallees(): Promise<Map<string, number>> {
    const rows = await this.#db<RawDbEdgeRow>('dependency_edges')
      .select('source_name')
      .countDistinct({ callees: 'target_name' })
      .groupBy('source_name');
    return new Map(
      rows.map(({ source_name, callees }) => [source_name, Number(callees)]),
    );
  }

  /** Those told of last come last. */
  async listNodes(): Promise<StoredNode[]> {
    const rows = await this.#db<RawDbNodeRow>('dependency_nodes').orderBy([
      'told_at',
      'origin',
      'name',
    ]);
    return rows.map(nodeFromRow);
  }

  async #deleteEdges(rows: EdgeKey[], tx: Knex): Promise<void> {
    await deleteInBulk(
      tx,
      { table: 'dependency_edges', columns: edgeKeyColumns },
      rows.map(({ origin, source_name, target_name }) => ({
        origin,
        source_name,
        target_name,
      })),
    );
  }

  async #deleteNodesExcept(
    origin: string,
    nodes: ToldNode[],
    toldAt: string,
    tx: Knex,
  ): Promise<void> {
    const told = new Set(nodes.map(({ name }) => name));
    const before = await tx<RawDbNodeRow>('dependency_nodes')
      .where({ origin })
      .where('told_at', '<=', toldAt)
      .pluck('name');
    await deleteInBulk(
      tx,
      {
        table: 'dependency_nodes',
        columns: { origin: nodeColumns.origin, name: nodeColumns.name },
      },
      before.filter(name => !told.has(name)).map(name => ({ origin, name })),
    );
  }
}

function declaredRow(dependency: DeclaredDependency): RawDbEdgeRow {
  return toEdgeRow({
    origin: CATALOG_ORIGIN,
    sourceName: dependency.sourceRef,
    targetName: dependency.targetRef,
    claim: 'declared',
    kind: dependency.kind,
    strength: dependency.strength,
    calls: null,
    failedCalls: null,
    seconds: null,
    latency: null,
    attributes: {},
    firstSeenAt: null,
    lastSeenAt: null,
    toldAt: null,
    reports: 1,
  });
}
