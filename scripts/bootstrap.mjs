#!/usr/bin/env node
// The commands of this repository, for a machine that has nothing but Node 20 or newer and npm: provides Node 22 and
// Yarn where they are missing, installs the dependencies where they changed, then does what was asked for.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runBenchmarks } from './bootstrap/benchmarks.mjs';
import { build } from './bootstrap/build.mjs';
import { runChecks } from './bootstrap/checks.mjs';
import { say } from './bootstrap/console.mjs';
import { installDependencies } from './bootstrap/dependencies.mjs';
import { runEndToEnd } from './bootstrap/endToEnd.mjs';
import { exclusively } from './bootstrap/exclusive.mjs';
import {
  explainInstallFailure,
  ExplainedFailure,
  Interrupted,
} from './bootstrap/failures.mjs';
import { startBackend, startPortal } from './bootstrap/portal.mjs';
import { cleanUp, endAll, stopWithCaller } from './bootstrap/processes.mjs';
import { provideToolchain } from './bootstrap/toolchain.mjs';

const commands = {
  start: startPortal,
  backend: startBackend,
  test: runChecks,
  e2e: runEndToEnd,
  build,
  benchmarks: runBenchmarks,
};

async function main([name, ...args]) {
  const command = Object.hasOwn(commands, name ?? '')
    ? commands[name]
    : undefined;
  if (!command) {
    throw new ExplainedFailure(
      `"${name}" is not a command; there are ${Object.keys(commands).join(', ')}.`,
    );
  }
  const root = join(dirname(fileURLToPath(import.meta.url)), '..');
  const env = await exclusively(join(root, '.tools', 'lock'), async () => {
    const provided = await provideToolchain(root);
    await installDependencies(root, provided);
    return provided;
  });
  await command({ root, env }, args);
}

stopWithCaller();
try {
  await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof Interrupted) {
    say('\nStopped.');
    process.exitCode = error.exitCode;
  } else {
    const explanation =
      error instanceof ExplainedFailure
        ? error.message
        : (explainInstallFailure(`${error.code} ${error.message}`) ??
          error.stack);
    process.stderr.write(`\n✗ ${explanation}\n`);
    process.exitCode = 1;
  }
} finally {
  await endAll();
  await cleanUp();
}
