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
import { type RecordedSeries, toOpenMetrics } from './openMetrics';

const READY_WITHIN_MS = 30_000;
const STOPPED_WITHIN_MS = 5_000;

const run = promisify(execFile);

/** A real server on 127.0.0.1 that serves recorded data. */
export interface RecordedServer {
  url: string;
  /** Ends the server and removes its files. */
  stop(): Promise<void>;
}

/** A kind of server that tests run against. */
export interface ServerKind {
  name: 'Prometheus' | 'VictoriaMetrics';
  /** What must be on the PATH, and the package that has it. */
  programs: readonly string[];
  package: string;
  /** Serves series of any past; resolves when queries are answered. */
  start(series: readonly RecordedSeries[]): Promise<RecordedServer>;
}

export const PROMETHEUS: ServerKind = {
  name: 'Prometheus',
  programs: ['prometheus', 'promtool'],
  package: 'prometheus',
  start: series =>
    startServer(async directory => {
      const recording = join(directory, 'metrics.om');
      const data = join(directory, 'data');
      const config = join(directory, 'prometheus.yml');
      await writeFile(recording, toOpenMetrics(series));
      await writeFile(config, 'global: { scrape_interval: 1m }\n');
      await run('promtool', [
        ...['tsdb', 'create-blocks-from', 'openmetrics', '--quiet'],
        ...['--max-block-duration=768h', recording, data],
      ]);
      return {
        program: 'prometheus',
        args: address => [
          `--config.file=${config}`,
          `--storage.tsdb.path=${data}`,
          '--storage.tsdb.retention.time=50y',
          `--web.listen-address=${address}`,
          '--log.level=error',
        ],
        health: '/-/ready',
      };
    }),
};

export const VICTORIA_METRICS: ServerKind = {
  name: 'VictoriaMetrics',
  programs: ['victoria-metrics'],
  package: 'victoria-metrics',
  async start(series) {
    const server = await startServer(async directory => ({
      program: 'victoria-metrics',
      args: address => [
        `-storageDataPath=${join(directory, 'data')}`,
        '-retentionPeriod=50y',
        `-httpListenAddr=${address}`,
        '-loggerLevel=ERROR',
        '-memory.allowedBytes=256MB',
      ],
      health: '/health',
    }));
    try {
      await importInto(server.url, series);
      return server;
    } catch (error) {
      await server.stop();
      throw error;
    }
  },
};

/** Those that every machine can install. */
export const SERVERS = [PROMETHEUS, VICTORIA_METRICS];

/**
 * Tests against a real server of each kind; `%s` in the title is its name. Without its programs they are skipped, and it
 * prints why. With CI_REQUIRE_SYSTEM_PACKAGES=true it throws instead, so that CI cannot pass without them.
 */
export function describeWith(
  kinds: readonly ServerKind[],
  title: string,
  cases: (kind: ServerKind) => void,
): void {
  for (const kind of kinds) {
    const describeKind = isInstalled(kind) ? describe : describe.skip;
    describeKind(title.replace('%s', kind.name), () => cases(kind));
  }
}

function isInstalled(kind: ServerKind): boolean {
  const missing = kind.programs.filter(
    program => spawnSync(program, ['--version']).error,
  );
  if (missing.length === 0) {
    return true;
  }
  const message = `${missing.join(
    ' and ',
  )} not found on the PATH: install the package ${kind.package}`;
  if (process.env.CI_REQUIRE_SYSTEM_PACKAGES === 'true') {
    throw new Error(message);
  }
  process.stderr.write(`Skipping tests against ${kind.name}: ${message}\n`);
  return false;
}

/** How to start a server that listens on an address, and where it answers once it is ready. */
export interface ServerCommand {
  program: string;
  args(address: string): string[];
  health: string;
}

export async function startServer(
  prepare: (directory: string) => Promise<ServerCommand>,
): Promise<RecordedServer> {
  const directory = await mkdtemp(join(tmpdir(), 'recorded-server-'));
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
    const { program, args, health } = await prepare(directory);
    const address = `127.0.0.1:${await findFreePort()}`;
    const url = `http://${address}`;
    server = spawn(program, args(address), {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    process.once('exit', killWithParent);
    await waitUntilReady(program, `${url}${health}`, server);
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Writes samples of any past, and waits until they can be queried. */
async function importInto(
  url: string,
  series: readonly RecordedSeries[],
): Promise<void> {
  const lines = series.map(({ metric, labels, samples }) =>
    JSON.stringify({
      metric: { __name__: metric, ...labels },
      timestamps: samples.map(([time]) => time),
      values: samples.map(([, value]) => value),
    }),
  );
  const imported = await fetch(`${url}/api/v1/import`, {
    method: 'POST',
    body: lines.join('\n'),
  });
  if (!imported.ok) {
    throw new Error(`VictoriaMetrics imported nothing: ${imported.status}`);
  }
  await fetch(`${url}/internal/force_flush`);
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
  program: string,
  health: string,
  server: ChildProcess,
): Promise<void> {
  let spawnError: Error | undefined;
  server.once('error', error => {
    spawnError = error;
  });
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (spawnError || hasEnded(server)) {
      throw new Error(`${program} ended at start, see its output`, {
        cause: spawnError,
      });
    }
    const ready = await fetch(health).then(
      response => response.ok,
      () => false,
    );
    if (ready) {
      return;
    }
    await delay(50);
  }
  throw new Error(`${program} was not ready within ${READY_WITHIN_MS} ms`);
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
