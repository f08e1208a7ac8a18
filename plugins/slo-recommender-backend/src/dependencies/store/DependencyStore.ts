import type { Knex } from 'knex';
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
  type OriginEdge,
  type OriginNode,
  toNodeRow,
} from './dependencyRows';
import { mergeEdgeRows, mergeNodeRows, replaceEdgeRows } from './mergeRows';
import {
  bumpGraphVersion,
  bumpGraphVersionIfCatalogChanged,
} from './graphVersion';
import { inYieldingBatches } from '../../kernel/concurrency/yieldToEventLoop';
import type { DeclaredDependency } from '../../catalog';

export const CATALOG_ORIGIN = 'catalog';
export const telemetryOrigin = (datasourceId: string) =>
  `telemetry:${datasourceId}`;
export const isTelemetryOrigin = (origin: string) =>
  origin.startsWith(telemetryOrigin(''));
export const reportOrigin = (sourceId: string) => `report:${sourceId}`;

/** What an origin knows as of an instant. */
export interface OriginReport {
  origin: string;
  claim: DependencyClaim;
  reportedAt: Date;
  /** No two of one name. */
  nodes: OriginNode[];
  /** No two of the same caller and callee. */
  edges: OriginEdge[];
  /** `replace`: the origin knows nothing else. */
  mode: 'merge' | 'replace';
}

/** What a report changed. */
export interface ReportOutcome {
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

/** Edges between services and their neighbours, and what is reported of services, one row for each origin of knowledge. */
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
   * Adds a report to what its origin reported before. If it is about an earlier instant than one before, it only adds
   * what was not known. The same report twice changes nothing.
   */
  async applyReport(report: OriginReport, tx: Knex): Promise<ReportOutcome> {
    const { origin, claim, nodes, edges, mode } = report;
    await bumpGraphVersion(tx, this.#now());
    const reportedAt = report.reportedAt.toISOString();
    const rows: RawDbEdgeRow[] = [];
    const unknown = new Set<string>();
    for await (const batch of inYieldingBatches(edges)) {
      for (const edge of batch) {
        const row = toEdgeRow({
          ...edge,
          origin,
          claim,
          reportedAt,
          reports: 1,
        });
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
        const isReported = unknown.delete(edgeKeyOf(row));
        if (
          !isReported &&
          mode === 'replace' &&
          (row.told_at ?? '') <= reportedAt
        ) {
          gone.push(row);
        }
      }
    }
    await this.#deleteEdges(gone, tx);
    await mergeEdgeRows(rows, tx);
    // a report of edges alone says nothing of nodes
    if (mode === 'replace' && (nodes.length > 0 || edges.length === 0)) {
      await this.#deleteNodesExcept(origin, nodes, reportedAt, tx);
    }
    await mergeNodeRows(
      nodes.map(node => toNodeRow(origin, reportedAt, node)),
      tx,
    );
    return {
      newEdges: unknown.size,
      removedEdges: gone.length,
    };
  }

  /** Deletes what datasources reported that are no longer configured. */
  async deleteDatasourcesExcept(
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
   * Deletes what datasources saw last before an instant, so that names that come and go do not pile up. What is declared
   * or reported stays until its source takes it back.
   */
  async deleteUnseenSince(instant: Date, tx: Knex): Promise<void> {
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

  /** Every name that telemetry and reports have for a service, each once. */
  async listNames(): Promise<string[]> {
    const reported = (table: string) =>
      this.#db(table).whereNot({ origin: CATALOG_ORIGIN });
    const nodes = await reported('dependency_nodes')
      .whereNot('aliases', '[]')
      .pluck('aliases');
    const names = [
      await reported('dependency_edges').distinct().pluck('source_name'),
      await reported('dependency_edges').distinct().pluck('target_name'),
      await reported('dependency_nodes').distinct().pluck('name'),
      nodes.flatMap(aliases => JSON.parse(aliases)),
    ];
    return [...new Set(names.flat())];
  }

  /** Gives the graph a new version if what the catalog says has changed; in the transaction that changes it. */
  noteCatalog(tx: Knex): Promise<void> {
    return bumpGraphVersionIfCatalogChanged(tx, this.#now());
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

  /** Those reported last come last. */
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
    nodes: OriginNode[],
    reportedAt: string,
    tx: Knex,
  ): Promise<void> {
    const kept = new Set(nodes.map(({ name }) => name));
    const before = await tx<RawDbNodeRow>('dependency_nodes')
      .where({ origin })
      .where('told_at', '<=', reportedAt)
      .pluck('name');
    await deleteInBulk(
      tx,
      {
        table: 'dependency_nodes',
        columns: { origin: nodeColumns.origin, name: nodeColumns.name },
      },
      before.filter(name => !kept.has(name)).map(name => ({ origin, name })),
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
    reportedAt: null,
    reports: 1,
  });
}
