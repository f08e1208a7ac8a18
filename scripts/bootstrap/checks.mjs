import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { say, step } from './console.mjs';
import { CONNECTION_VARIABLE, startPostgres } from './postgres.mjs';
import { onEnd, run, throwIfInterrupted } from './processes.mjs';
import {
  jestCounts,
  nodeTestCounts,
  readReport,
  report,
  sum,
  summaryLine,
  wholeCheck,
  withExitCode,
} from './summary.mjs';

async function wholeCommand({ root, env }, command) {
  return wholeCheck((await run('yarn', command, { cwd: root, env })).code);
}

async function bootstrapTests({ root, env }) {
  const { code, output } = await run(
    'node',
    ['--test', '--test-reporter=spec', 'scripts/bootstrap/*.test.mjs'],
    { cwd: root, env, capture: true },
  );
  return withExitCode(nodeTestCounts(output), code);
}

/** Every package's tests, the stores on SQLite and on a PostgreSQL started for them. */
async function packageTests({ root, env }, args) {
  const reports = await mkdtemp(join(tmpdir(), 'slo-recommender-tests-'));
  const removeReports = onEnd(() => rm(reports, { recursive: true }));
  const report = join(reports, 'jest.json');
  const postgres = env[CONNECTION_VARIABLE]
    ? undefined
    : await startPostgres(root);
  try {
    const { code } = await run(
      'yarn',
      [
        ...['backstage-cli', 'repo', 'test', ...args],
        ...['--json', `--outputFile=${report}`],
      ],
      {
        cwd: root,
        env: {
          ...env,
          // without it the runner watches for changes
          CI: 'true',
          ...(postgres
            ? { [CONNECTION_VARIABLE]: postgres.connectionString }
            : {}),
        },
      },
    );
    return withExitCode(await readReport(report, jestCounts), code);
  } finally {
    await postgres?.stop();
    await removeReports();
  }
}

const sourceChecks = [
  [
    'Formatting',
    context => wholeCommand(context, ['prettier', '--check', '.']),
  ],
  ['Lint', context => wholeCommand(context, ['backstage-cli', 'repo', 'lint'])],
  ['Types', context => wholeCommand(context, ['tsc', '--noEmit'])],
  ['Tests of the commands', bootstrapTests],
];

async function runCheck(title, check) {
  const counts = await step(title, check, 60).catch(error => {
    throwIfInterrupted();
    say(`✗ ${title}: ${error.message}`);
    return wholeCheck(1);
  });
  return { title, counts };
}

/** `npm test`: formatting, lint, types and every test that needs no system package. Arguments go to Jest. */
export async function runChecks(context, args) {
  // prettier and tsc use one core each: side by side, they leave none idle
  const parts = await Promise.all(
    sourceChecks.map(([title, check]) => runCheck(title, () => check(context))),
  );
  parts.push(
    await runCheck('Tests of the packages', () => packageTests(context, args)),
  );
  say('');
  for (const { title, counts } of parts) {
    say(`${counts.failed ? '✗' : '✓'} ${title}: ${summaryLine(counts)}`);
  }
  report(sum(parts.map(({ counts }) => counts)));
}
