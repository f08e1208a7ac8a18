import {
  execFile,
  spawn,
  spawnSync,
  type ChildProcess,
} from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const READY_WITHIN_MS = 30_000;
const STOPPED_WITHIN_MS = 5_000;

const run = promisify(execFile);

/** A real Prometheus on 127.0.0.1 that serves recorded data. */
export interface RecordedPrometheus {
  url: string;
  /** Ends the server and removes its files. */
  stop(): Promise<void>;
}

/**
 * True where `prometheus` and `promtool` are installed. Where they are missing it prints why tests are skipped, and
 * throws instead if CI_REQUIRE_SYSTEM_PACKAGES is `true`, so that CI cannot pass without them.
 */
export function isPrometheusInstalled(): boolean {
  const missing = ['prometheus', 'promtool'].filter(
    program => spawnSync(program, ['--version']).error,
  );
  if (missing.length === 0) {
    return true;
  }
  const message = `${missing.join(
    ' and ',
  )} not found on the PATH: install the package prometheus`;
  if (process.env.CI_REQUIRE_SYSTEM_PACKAGES === 'true') {
    throw new Error(message);
  }
  process.stderr.write(`Skipping tests against Prometheus: ${message}\n`);
  return false;
}

/** Builds blocks from OpenMetrics text of any past and serves them; resolves when queries are answered. */
export async function startRecordedPrometheus(
  openMetrics: string,
): Promise<RecordedPrometheus> {
  const directory = await mkdtemp(join(tmpdir(), 'recorded-prometheus-'));
  let server: ChildProcess | undefined;
  const killWithParent = () => server?.kill('SIGKILL');
  const stop = async () => {
    if (server) {
      await end(server);
    }
    process.off('exit', killWithParent);
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const recording = join(directory, 'metrics.om');
    const data = join(directory, 'data');
    const config = join(directory, 'prometheus.yml');
    await writeFile(recording, openMetrics);
    await writeFile(config, 'global: { scrape_interval: 1m }\n');
    await run('promtool', [
      ...['tsdb', 'create-blocks-from', 'openmetrics', '--quiet'],
      ...['--max-block-duration=768h', recording, data],
    ]);
    const port = await findFreePort();
    const url = `http://127.0.0.1:${port}`;
    server = spawn(
      'prometheus',
      [
        `--config.file=${config}`,
        `--storage.tsdb.path=${data}`,
        '--storage.tsdb.retention.time=50y',
        `--web.listen-address=127.0.0.1:${port}`,
        '--log.level=error',
      ],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
    process.once('exit', killWithParent);
    await waitUntilReady(url, server);
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') {
    throw new Error('The operating system gave no free port');
  }
  return address.port;
}

async function waitUntilReady(
  url: string,
  server: ChildProcess,
): Promise<void> {
  let spawnError: Error | undefined;
  server.once('error', error => {
    spawnError = error;
  });
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (spawnError || hasEnded(server)) {
      throw new Error(`Prometheus ended at start, see its output`, {
        cause: spawnError,
      });
    }
    const ready = await fetch(`${url}/-/ready`).then(
      response => response.ok,
      () => false,
    );
    if (ready) {
      return;
    }
    await delay(50);
  }
  throw new Error(`Prometheus was not ready within ${READY_WITHIN_MS} ms`);
}

async function end(server: ChildProcess): Promise<void> {
  if (hasEnded(server) || server.pid === undefined) {
    return;
  }
  const exited = once(server, 'exit');
  server.kill('SIGTERM');
  const impatience = setTimeout(
    () => server.kill('SIGKILL'),
    STOPPED_WITHIN_MS,
  );
  await exited;
  clearTimeout(impatience);
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
