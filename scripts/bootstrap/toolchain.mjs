import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { step } from './console.mjs';
import { explainInstallFailure, ExplainedFailure } from './failures.mjs';
import { run } from './processes.mjs';

const PROVIDED_NODE = '22';

/**
 * Whether Backstage supports a Node version. 22.12 is the first that can `require` the ES modules it needs.
 *
 * @param {string} version for example `22.23.3`
 */
export function isSupportedNode(version) {
  const [major, minor] = version.split('.').map(Number);
  return major === 24 || (major === 22 && minor >= 12);
}

/**
 * @param {string | undefined} packageManager field of the root package.json, for example `yarn@4.18.1`
 * @returns {string} the version of Yarn
 */
export function yarnVersion(packageManager) {
  const match = /^yarn@(\d+\.\d+\.\d+)/.exec(packageManager ?? '');
  if (!match) {
    throw new ExplainedFailure(
      `packageManager in package.json is ${packageManager}; it must name a version of Yarn, for example yarn@4.18.1.`,
    );
  }
  return match[1];
}

const KEPT_NPM_SETTINGS = new Set(
  'registry proxy https_proxy noproxy cafile ca strict_ssl cache userconfig globalconfig'
    .split(' ')
    .map(name => `npm_config_${name}`),
);

/**
 * The environment for children, without what the npm that started us passes on about itself: `npm_config_prefix` or
 * `npm_config_global` would send an installation elsewhere. How to reach the registry is kept.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export function withoutCallersNpm(env) {
  return Object.fromEntries(
    Object.entries(env).filter(
      ([name]) =>
        name !== 'INIT_CWD' &&
        (!/^npm_/i.test(name) || KEPT_NPM_SETTINGS.has(name.toLowerCase())),
    ),
  );
}

const YARN_NAMES = {
  npm_config_registry: 'YARN_NPM_REGISTRY_SERVER',
  npm_config_proxy: 'YARN_HTTP_PROXY',
  npm_config_https_proxy: 'YARN_HTTPS_PROXY',
  npm_config_cafile: 'YARN_HTTPS_CA_FILE_PATH',
};

/**
 * Lets Yarn reach the registry as npm does: it does not read npm's settings. What is set for Yarn itself comes first.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export function withNpmsRegistryForYarn(env) {
  const settings = Object.entries(YARN_NAMES).filter(([npm]) => env[npm]);
  return {
    ...Object.fromEntries(settings.map(([npm, yarn]) => [yarn, env[npm]])),
    ...env,
  };
}

async function installedVersion(folder) {
  try {
    return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
      .version;
  } catch {
    return undefined;
  }
}

async function machineHasYarn(version, { cwd, env }) {
  try {
    const { stdout } = await promisify(execFile)('yarn', ['--version'], {
      cwd,
      env: { ...env, COREPACK_ENABLE_NETWORK: '0' },
      timeout: 10_000,
    });
    return stdout.trim() === version;
  } catch {
    return false;
  }
}

function npmCommand() {
  const npm = process.env.npm_execpath;
  return npm && basename(npm) === 'npm-cli.js'
    ? [process.execPath, npm]
    : ['npm'];
}

async function provide(tools, dependencies, env) {
  await mkdir(tools, { recursive: true });
  await writeFile(
    join(tools, 'package.json'),
    `${JSON.stringify({ private: true, dependencies }, undefined, 2)}\n`,
  );
  const [command, ...args] = npmCommand();
  const { code, output } = await run(
    command,
    [
      ...args,
      'install',
      '--prefix',
      tools,
      '--no-package-lock',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
    ],
    { cwd: tools, env, capture: true },
  );
  if (code !== 0) {
    throw new ExplainedFailure(
      explainInstallFailure(output) ??
        'Node and Yarn could not be fetched with npm; its messages above say why.',
    );
  }
}

/** Yarn for the tools that call it by name: the package's own launcher is not executable after an npm install. */
async function writeYarnLauncher(tools) {
  const folder = join(tools, 'bin');
  const launcher = join(folder, 'yarn');
  const content = `#!/bin/sh
exec node "$(dirname "$0")/../node_modules/@yarnpkg/cli-dist/bin/yarn.js" "$@"
`;
  await mkdir(folder, { recursive: true });
  if (!existsSync(launcher) || (await readFile(launcher, 'utf8')) !== content) {
    await writeFile(launcher, content);
  }
  await chmod(launcher, 0o755);
  return folder;
}

/**
 * Provides a Node that Backstage supports and the Yarn of this repository, from npm where the machine lacks them.
 *
 * @param {string} root folder of the repository
 * @returns {Promise<NodeJS.ProcessEnv>} the environment in which `node` and `yarn` are the right ones
 * @throws {ExplainedFailure} where they cannot be fetched
 */
export async function provideToolchain(root) {
  const tools = join(root, '.tools');
  const modules = join(tools, 'node_modules');
  const { packageManager } = JSON.parse(
    await readFile(join(root, 'package.json'), 'utf8'),
  );
  const wantedYarn = yarnVersion(packageManager);
  const nodePackage = `node-${process.platform}-${process.arch}`;
  const env = withoutCallersNpm(process.env);

  const needsNode = !isSupportedNode(process.versions.node);
  const providedNode = await installedVersion(join(modules, nodePackage));
  const hasYarn =
    (await installedVersion(join(modules, '@yarnpkg/cli-dist'))) === wantedYarn;
  const usesMachinesYarn =
    !hasYarn && (await machineHasYarn(wantedYarn, { cwd: root, env }));

  const lacksNode =
    needsNode && !(providedNode && isSupportedNode(providedNode));
  const lacksYarn = !hasYarn && !usesMachinesYarn;
  if (lacksNode || lacksYarn) {
    const names = [
      lacksNode &&
        `Node ${PROVIDED_NODE} (this machine has ${process.version})`,
      lacksYarn && `Yarn ${wantedYarn}`,
    ].filter(Boolean);
    await step(`Fetching ${names.join(' and ')} into .tools`, () =>
      provide(
        tools,
        {
          ...(needsNode || providedNode
            ? { [nodePackage]: PROVIDED_NODE }
            : {}),
          '@yarnpkg/cli-dist': wantedYarn,
        },
        env,
      ),
    );
  }
  const nodeFolder = needsNode
    ? join(modules, nodePackage, 'bin')
    : dirname(process.execPath);
  const yarnFolder = usesMachinesYarn ? [] : [await writeYarnLauncher(tools)];
  return {
    ...withNpmsRegistryForYarn(env),
    PATH: [nodeFolder, ...yarnFolder, env.PATH].join(delimiter),
  };
}
