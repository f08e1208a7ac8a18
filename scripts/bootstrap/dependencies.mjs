import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { step } from './console.mjs';
import { explainInstallFailure, ExplainedFailure } from './failures.mjs';
import { run } from './processes.mjs';

const NEEDED_BYTES = 2.5e9;

const INSTALLATION_FIELDS = [
  'name',
  'version',
  'bin',
  'workspaces',
  'packageManager',
  'dependencies',
  'devDependencies',
  'peerDependencies',
  'peerDependenciesMeta',
  'optionalDependencies',
  'dependenciesMeta',
  'resolutions',
];

/**
 * The fingerprint of what an installation depends on: scripts and descriptions may change without a new one.
 *
 * @param {{ manifests: Record<string, unknown>[], files: string[], platform: string }} inputs parsed package.json
 *   files, contents of the lockfile and of Yarn's settings, and the machine's kind
 * @returns {string} SHA-256 in hexadecimal
 */
export function fingerprint({ manifests, files, platform }) {
  const relevant = manifests.map(manifest =>
    INSTALLATION_FIELDS.map(field => manifest[field] ?? null),
  );
  return createHash('sha256')
    .update(JSON.stringify([relevant, files, platform]))
    .digest('hex');
}

async function readManifests(root) {
  const manifest = JSON.parse(
    await readFile(join(root, 'package.json'), 'utf8'),
  );
  const folders = [];
  for (const pattern of manifest.workspaces) {
    if (!pattern.endsWith('/*')) {
      folders.push(pattern);
      continue;
    }
    const parent = pattern.slice(0, -2);
    const names = await readdir(join(root, parent)).catch(() => []);
    folders.push(...names.sort().map(name => `${parent}/${name}`));
  }
  const files = folders
    .map(folder => join(root, folder, 'package.json'))
    .filter(file => existsSync(file));
  const others = await Promise.all(
    files.map(async file => JSON.parse(await readFile(file, 'utf8'))),
  );
  return [manifest, ...others];
}

async function currentFingerprint(root) {
  return fingerprint({
    manifests: await readManifests(root),
    files: await Promise.all(
      ['yarn.lock', '.yarnrc.yml'].map(file =>
        readFile(join(root, file), 'utf8').catch(() => ''),
      ),
    ),
    platform: `${process.platform}-${process.arch}`,
  });
}

async function checkDisk(root) {
  const { bavail, bsize } = await statfs(root);
  if (bavail * bsize >= NEEDED_BYTES) return;
  throw new ExplainedFailure(
    `Only ${((bavail * bsize) / 1e9).toFixed(1)} GB are free on the disk of this folder; the dependencies need about ${
      NEEDED_BYTES / 1e9
    } GB. Free some, then run the command again.`,
  );
}

/**
 * Installs the dependencies where the lockfile, a package.json or the kind of machine changed since the last time.
 *
 * @param {string} root folder of the repository
 * @param {NodeJS.ProcessEnv} env as `provideToolchain` returns it
 * @throws {ExplainedFailure} where that fails
 */
export async function installDependencies(root, env) {
  const stamp = join(root, '.tools', 'installed');
  const isInstalled =
    existsSync(join(root, 'node_modules', '.yarn-state.yml')) &&
    (await readFile(stamp, 'utf8').catch(() => '')) ===
      (await currentFingerprint(root));
  if (isInstalled) return;
  const isFirst = !existsSync(join(root, 'node_modules'));
  if (isFirst) await checkDisk(root);
  await step(
    isFirst
      ? 'Installing dependencies (the first time takes one to two minutes)'
      : 'Installing dependencies, because they changed',
    async () => {
      const { code, output } = await run('yarn', ['install'], {
        cwd: root,
        env,
        capture: true,
      });
      if (code !== 0) {
        throw new ExplainedFailure(
          explainInstallFailure(output) ??
            'The dependencies could not be installed; the messages of Yarn above say why.',
        );
      }
    },
  );
  await writeFile(stamp, await currentFingerprint(root));
}
