import type { Knex } from 'knex';
import {
  Cycles,
  CycleStore,
  DependencyReports,
  DependencyStore,
  EntityStore,
  Graph,
  parseBody,
} from 'backstage-plugin-slo-recommender-backend/src/testing';
import { dependencyReportSchema } from 'backstage-plugin-slo-recommender-common';
import { type Fleet, REPORTED_AT } from './fleet';
import { type Watched, watched } from '../report/watched';

const DAY_MS = 86_400_000;

/** Edges that are written one by one; the time of all of them is calculated from these. */
const SAMPLE = 1_000;

/** What reading in a report took. */
export interface IngestFigures {
  parsing: Watched<unknown>;
  /** Until the rows are committed, and the graph with its cycles is built anew. */
  taking: Watched<unknown>;
  rows: number;
}

/** A database with a fleet in it. */
export interface FilledDatabase {
  graph: Graph;
  catalog: Watched<void>;
  first: IngestFigures;
  second: IngestFigures;
  building: Watched<unknown>;
  /** Milliseconds of one upsert per edge, calculated. */
  oneByOneMs: number;
}

const now = () => REPORTED_AT;

const newGraph = (database: Knex) =>
  new Graph({
    database,
    settings: { staleAfterMs: 7 * DAY_MS, aliasRules: [] },
    readFigures: async () => [],
  });

/** @throws Error where the second time leaves other rows than the first. */
export async function measureIngest(
  database: Knex,
  fleet: Fleet,
): Promise<FilledDatabase> {
  const dependencies = new DependencyStore(database, now);
  const catalog = await watched(() =>
    database.transaction(async tx => {
      await new EntityStore(database).replaceAll(fleet.entities, tx);
      await dependencies.replaceDeclared(fleet.declared, tx);
    }),
  );
  const graph = newGraph(database);
  const reports = new DependencyReports({
    database,
    dependencies,
    cycles: new Cycles({ graph, store: new CycleStore(database), now }),
    now,
  });
  const body = JSON.stringify(fleet.report);
  const rows = () =>
    database('dependency_edges').orderBy([
      'origin',
      'source_name',
      'target_name',
    ]);
  const ingest = async (): Promise<IngestFigures> => {
    const parsing = await watched(async () => {
      const parsed = await parseBody(dependencyReportSchema, body);
      if (!parsed.success) throw new Error('The report is not one.');
      return parsed.data;
    });
    const taking = await watched(() => reports.take(parsing.result));
    return { parsing, taking, rows: (await rows()).length };
  };
  const first = await ingest();
  const before = JSON.stringify(await rows());
  const second = await ingest();
  if (JSON.stringify(await rows()) !== before) {
    throw new Error('The same report leaves other rows the second time.');
  }
  const building = await watched(() => newGraph(database).current());
  return {
    graph,
    catalog,
    first,
    second,
    building,
    oneByOneMs: await measureOneByOne(database, fleet.report.edges ?? []),
  };
}

/** The plain way: an upsert for each edge, all in one transaction that is taken back. */
async function measureOneByOne(
  database: Knex,
  edges: { source: string; target: string; calls?: number }[],
): Promise<number> {
  const tx = await database.transaction();
  const startedAt = performance.now();
  for (const { source, target, calls } of edges.slice(0, SAMPLE)) {
    await tx('dependency_edges')
      .insert({
        origin: 'report:one-by-one',
        source_name: source,
        target_name: target,
        claim: 'observed',
        calls,
        attributes: '{}',
        reports: 1,
      })
      .onConflict(['origin', 'source_name', 'target_name'])
      .merge();
  }
  const ms = performance.now() - startedAt;
  await tx.rollback();
  return (ms * edges.length) / SAMPLE;
}
