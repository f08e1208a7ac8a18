import { loadavg } from 'node:os';
import { formatCount } from 'backstage-plugin-slo-recommender-common';
import { createRandom } from 'backstage-plugin-slo-recommender-engine';
import { formatMs } from '../report/figures';
import type { BenchmarkSection, ResultTable } from '../Section';
import { onPostgres, onSqlite } from '../report/databases';
import { CALLS, createFleet, SERVICES } from './fleet';
import { type FilledDatabase, measureIngest } from './measureIngest';
import { measureReading } from './measureReading';
import type { Watched } from '../report/watched';

const SEED = 20_240_617;

const NO_TARGET = '';

/** Time, work of the processor, and the longest time for which nothing else could run. */
const figures = ({ ms, cpuMs, longestBlockMs }: Watched<unknown>) =>
  [ms, cpuMs, longestBlockMs].map(formatMs);

function ingestTable(name: string, filled: FilledDatabase): ResultTable {
  const { catalog, first, second, building, oneByOneMs } = filled;
  const rowsOf = ({ rows }: { rows: number }) => formatCount(rows);
  return {
    title: `Ingest of ${SERVICES} services and ${CALLS} calls: ${name}`,
    columns: ['step', 'time', 'processor', 'longest block', 'target', 'edges'],
    rows: [
      ['entities and declared calls', ...figures(catalog), NO_TARGET, ''],
      ['report: parsing', ...figures(first.parsing), NO_TARGET, ''],
      ['report: first time', ...figures(first.taking), '≤ 5 s', rowsOf(first)],
      ['report: again', ...figures(second.taking), '≤ 5 s', rowsOf(second)],
      ['graph in memory', ...figures(building), NO_TARGET, ''],
      [
        'one upsert per call (calculated)',
        formatMs(oneByOneMs),
        '',
        '',
        '',
        '',
      ],
    ],
    notes: [
      'The report is taken when its rows are committed and the graph with its cycles is built anew. The second time has left the same rows, column by column. Edges are rows of the table, those that the catalog declares among them.',
    ],
  };
}

export const ingestSection: BenchmarkSection = {
  name: 'ingest',
  title: 'Taking in and reading the graph',

  async run({ connectionString, say }): Promise<ResultTable[]> {
    const fleet = createFleet();
    const load = () =>
      loadavg()
        .map(value => value.toFixed(1))
        .join(', ');
    const loadBefore = load();
    say('• SQLite');
    const sqlite = await onSqlite(database => measureIngest(database, fleet));
    say('• PostgreSQL');
    const { postgres, reading } = await onPostgres(connectionString)(
      async database => {
        const filled = await measureIngest(database, fleet);
        say('• answers');
        return {
          postgres: filled,
          reading: await measureReading(
            database,
            filled.graph,
            fleet.report,
            createRandom(SEED),
          ),
        };
      },
    );
    return [
      ingestTable('PostgreSQL', postgres),
      ingestTable('SQLite', sqlite),
      {
        title: 'Answers of the dependencies reader in process',
        columns: [
          'callers and callees',
          'p50',
          'p99',
          'target of p99',
          'edges found',
          'read from PostgreSQL per request',
          'beside ours',
        ],
        rows: reading,
        notes: [
          'Services drawn at random; of each query the fastest of 3 runs counts. “Read from PostgreSQL per request” reads all entities and edges for each answer and goes through them. Medians, but for the p99.',
          `Processes that were running or waiting on this machine in the last 1, 5 and 15 minutes: ${loadBefore} before, ${load()} after.`,
        ],
      },
    ];
  },
};
