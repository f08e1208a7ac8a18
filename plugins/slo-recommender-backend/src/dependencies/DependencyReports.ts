import type {
  DependencyReport,
  DependencyReportResponse,
} from 'backstage-plugin-slo-recommender-common';
import type { Knex } from 'knex';
import { type DependencyStore, reportOrigin } from './store/DependencyStore';
import type { Cycles } from './Cycles';
import { requirePast, toldEdges, toldNodes } from './toldReport';

export interface DependencyReportsOptions {
  database: Knex;
  dependencies: DependencyStore;
  cycles: Cycles;
  now: () => Date;
}

/** Takes what others than catalog and telemetry know of dependencies: CI, a mesh, a cluster. */
export class DependencyReports {
  readonly #options: DependencyReportsOptions;

  constructor(options: DependencyReportsOptions) {
    this.#options = options;
  }

  /**
   * Adds a report to what its source told before. The origin bears a prefix, so that no source can speak for the catalog
   * or for a datasource.
   *
   * @throws InputError for a report of the future.
   */
  async take(report: DependencyReport): Promise<DependencyReportResponse> {
    const { database, dependencies, cycles } = this.#options;
    const now = this.#options.now();
    const { source, claim, mode, reportedAt } = report;
    const toldAt =
      reportedAt === undefined
        ? now
        : requirePast(reportedAt, now, 'reportedAt');
    const nodes = await toldNodes(report.nodes);
    const edges = await toldEdges(report.edges, {
      toldAt,
      now,
      observed: claim === 'observed',
    });
    const outcome = await database.transaction(tx =>
      dependencies.tell(
        { origin: reportOrigin(source), claim, toldAt, nodes, edges, mode },
        tx,
      ),
    );
    await cycles.note();
    return {
      source,
      nodes: nodes.length,
      edges: edges.length,
      ...outcome,
    };
  }
}
