import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from './build.mjs';
import { step } from './console.mjs';
import { onEnd, run } from './processes.mjs';
import {
  playwrightCounts,
  readReport,
  report,
  withExitCode,
} from './summary.mjs';

/** `npm run test:e2e`: the built portal in Chromium, and a real Prometheus. Arguments go to Playwright. */
export async function runEndToEnd(context, args) {
  const reports = await mkdtemp(join(tmpdir(), 'slo-recommender-e2e-'));
  onEnd(() => rm(reports, { recursive: true }));
  const file = join(reports, 'playwright.json');
  await step('Building the app', () => buildApp(context), 60);
  const { code } = await run(
    'yarn',
    ['playwright', 'test', '--reporter=list,json', ...args],
    {
      cwd: join(context.root, 'e2e-tests'),
      env: { ...context.env, PLAYWRIGHT_JSON_OUTPUT_NAME: file },
    },
  );
  report(withExitCode(await readReport(file, playwrightCounts), code));
}
