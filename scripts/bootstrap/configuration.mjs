import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { ExplainedFailure } from './failures.mjs';

const USAGE =
  'It takes --config FILE, as often as needed; files named so replace app-config.yaml.';

function isAddress(target) {
  return /^https?:\/\//.test(target);
}

/**
 * Reads `--config` flags and resolves their files against the folder that the command was called from, whatever
 * folder it runs in.
 *
 * @param {string[]} args
 * @param {string} callersFolder
 * @returns {string[]} absolute paths, or addresses of remote configuration as they are
 * @throws {ExplainedFailure} on anything but `--config`
 */
export function configTargets(args, callersFolder) {
  const targets = [];
  for (let index = 0; index < args.length; index++) {
    const [flag, inlineValue] = args[index].split(/=(.*)/s);
    if (flag !== '--config') {
      throw new ExplainedFailure(
        `"${args[index]}" is not understood. ${USAGE}`,
      );
    }
    const value = inlineValue ?? args[++index];
    if (!value) throw new ExplainedFailure(`--config needs a file. ${USAGE}`);
    targets.push(isAddress(value) ? value : resolve(callersFolder, value));
  }
  return targets;
}

/**
 * @param {string} root folder of the repository
 * @param {string[]} args after the command
 * @param {NodeJS.ProcessEnv} env of the caller
 * @returns {string[]} the flags to hand on to Backstage
 * @throws {ExplainedFailure} where a file is missing or a flag is not understood
 */
export function configFlags(root, args, env) {
  if (env.npm_config_config) {
    throw new ExplainedFailure(
      'npm kept --config for itself. Put two dashes before it: npm start -- --config FILE',
    );
  }
  const targets = configTargets(args, env.INIT_CWD ?? root);
  for (const target of targets) {
    if (!isAddress(target) && !existsSync(target)) {
      throw new ExplainedFailure(
        `The configuration file ${target} does not exist. Paths are relative to the folder the command is called from.`,
      );
    }
  }
  return targets.flatMap(target => ['--config', target]);
}

/**
 * Reads where the portal listens, by Backstage's own rules for files, includes and environment variables.
 *
 * @param {string} root folder of the repository
 * @param {string[]} flags as `configFlags` returns them
 * @param {NodeJS.ProcessEnv} env
 * @throws {ExplainedFailure} where the configuration cannot be read
 */
export async function readConfiguration(root, flags, env) {
  try {
    const { stdout } = await promisify(execFile)(
      'node',
      [join(root, 'scripts/bootstrap/printConfiguration.cjs'), ...flags],
      { cwd: root, env },
    );
    return JSON.parse(stdout);
  } catch (error) {
    throw new ExplainedFailure(
      `The configuration cannot be read.\n${error.stderr || error.message}`,
    );
  }
}
