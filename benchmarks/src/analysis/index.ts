import { loadavg } from 'node:os';
import { formatCount } from 'backstage-plugin-slo-recommender-common';
import { formatMs } from '../report/figures';
import { onPostgres, onSqlite } from '../report/databases';
import type { BenchmarkSection, ResultTable } from '../Section';
import { type AnalysisFigures, runAnalyses, SERVICES } from './runAnalyses';

const NOT_REACHED = { cpuMs: 0, longestBlockMs: 0 };

function tableOf(name: string, analyses: AnalysisFigures[]): ResultTable {
  const phases = new Set(analyses.flatMap(one => [...one.phases.keys()]));
  const ofPhase = (phase: string) =>
    analyses.flatMap(one => {
      const figures = one.phases.get(phase) ?? NOT_REACHED;
      return [figures.cpuMs, figures.longestBlockMs].map(formatMs);
    });
  const services = formatCount(SERVICES);
  return {
    title: `Analysis of ${services} services, 90 days of counts and latencies: ${name}`,
    columns: [
      'phase',
      'first: processor',
      'longest block',
      'an hour later: processor',
      'longest block',
    ],
    rows: [
      ...[...phases].map(phase => [phase, ...ofPhase(phase)]),
      [
        'together',
        ...analyses.flatMap(({ whole }) =>
          [whole.cpuMs, whole.longestBlockMs].map(formatMs),
        ),
      ],
      [
        'delay of other work, p99 (target ≤ 50 ms)',
        ...analyses.flatMap(({ whole }) => ['', formatMs(whole.delayP99Ms)]),
      ],
    ],
    notes: [
      `The parts of the backend in one process, with a telemetry source that makes its answers up; the work of that is part of the first analysis. Delays and blocks are those of the event loop, looked at every millisecond. Took ${analyses
        .map(({ whole }) => `${Math.round(whole.ms / 1_000)} s`)
        .join(
          ' and ',
        )}. Processes that were running or waiting in the last minute: ${loadavg()[0].toFixed(1)}.`,
    ],
  };
}

export const analysisSection: BenchmarkSection = {
  name: 'analysis',
  title: 'Analysis of a fleet in the process of the portal',

  async run({ connectionString, say }): Promise<ResultTable[]> {
    const tables: ResultTable[] = [];
    for (const [name, withDatabase] of [
      ['SQLite', onSqlite],
      ['PostgreSQL', onPostgres(connectionString)],
    ] as const) {
      say(name);
      tables.push(
        tableOf(
          name,
          await withDatabase(database => runAnalyses(database, say)),
        ),
      );
    }
    return tables;
  },
};
