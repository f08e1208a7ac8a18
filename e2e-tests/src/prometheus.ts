import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startProcess, untilAnswering } from './processes';

const START_MS = 30_000;

export interface Prometheus {
  url: string;
  stop(): Promise<void>;
}

/** Fills a real Prometheus with recorded samples by promtool, and serves them. */
export async function startPrometheus(
  openMetricsFile: string,
  port: number,
): Promise<Prometheus> {
  const folder = await mkdtemp(join(tmpdir(), 'slo-recommender-prometheus-'));
  const data = join(folder, 'data');
  await promisify(execFile)('promtool', [
    ...['tsdb', 'create-blocks-from', 'openmetrics', '--quiet'],
    ...['--max-block-duration=768h', openMetricsFile, data],
  ]);
  const configuration = join(folder, 'prometheus.yml');
  await writeFile(configuration, 'global: {scrape_interval: 1m}\n');
  const url = `http://127.0.0.1:${port}`;
  const server = startProcess(
    'prometheus',
    [
      `--config.file=${configuration}`,
      `--storage.tsdb.path=${data}`,
      '--storage.tsdb.retention.time=50y',
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=error',
    ],
    { cwd: folder },
  );
  await untilAnswering(`${url}/-/ready`, server, START_MS);
  return {
    url,
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
