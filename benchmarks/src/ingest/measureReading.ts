import type { Knex } from 'knex';
import {
  DependenciesService,
  type Graph,
} from 'backstage-plugin-slo-recommender-backend/src/testing';
import {
  type DependencyReportInput,
  MAX_DEPENDENCY_NODES,
} from 'backstage-plugin-slo-recommender-common';
import type { Random } from 'backstage-plugin-slo-recommender-engine';
import { formatDepth } from '../graph/measureQueries';
import { formatFigure, formatMs, median, quantile } from '../report/figures';
import { readFromSql } from './readFromSql';

const DEPTHS = [1, 3, Infinity];
const WARM_UP = 50;
const QUERIES = 400;
/** Of what reads the whole graph for each request. */
const PLAIN_QUERIES = 3;
/** Of a query the fastest run counts: what else the machine does is not measured. */
const RUNS = 3;

const reader: Parameters<DependenciesService['get']>[2] = {
  $$type: '@backstage/BackstageCredentials',
  principal: {},
};
const seesAll = { readable: async () => undefined };

async function timesOf(
  roots: string[],
  ask: (root: string) => Promise<unknown>,
): Promise<number[]> {
  const times: number[] = [];
  for (const root of roots) {
    const runs: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const startedAt = performance.now();
      await ask(root);
      runs.push(performance.now() - startedAt);
    }
    times.push(Math.min(...runs));
  }
  return times;
}

/** Dependencies of services drawn at random, by depth: the rows of a table. */
export async function measureReading(
  database: Knex,
  graph: Graph,
  report: DependencyReportInput,
  random: Random,
): Promise<string[][]> {
  const snapshot = await graph.current();
  const services = snapshot.nodes.flatMap(({ entityRef }) => entityRef ?? []);
  // the version of the graph is one row of the database; what is measured is the work in the process
  const dependencies = new DependenciesService(
    { current: async () => snapshot },
    seesAll,
  );
  const names = report.nodes ?? [];
  const drawn = <T>(all: T[], count: number) =>
    Array.from({ length: count }, () => all[Math.floor(random() * all.length)]);
  const rows: string[][] = [];
  for (const depth of DEPTHS) {
    const sizes: number[] = [];
    const times = await timesOf(
      drawn(services, WARM_UP + QUERIES),
      async root => {
        const { edges } = await dependencies.get(
          root,
          {
            direction: 'both',
            depth,
            includeStale: false,
            limit: MAX_DEPENDENCY_NODES,
          },
          reader,
        );
        sizes.push(edges.length);
      },
    );
    const counted = times.slice(WARM_UP);
    const plain = await timesOf(
      drawn(names, PLAIN_QUERIES).map(({ name }) => name),
      root => readFromSql(database, root, depth),
    );
    rows.push([
      `depth ${formatDepth(depth)}`,
      formatMs(quantile(counted, 0.5)),
      formatMs(quantile(counted, 0.99)),
      '≤ 5 ms',
      formatFigure(median(sizes)),
      formatMs(median(plain)),
      `${formatFigure(median(plain) / median(counted))} ×`,
    ]);
  }
  return rows;
}
