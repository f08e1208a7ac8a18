import { join } from 'node:path';
import { ExplainedFailure } from './failures.mjs';
import { startPostgres } from './postgres.mjs';
import { run } from './processes.mjs';

/** `npm run benchmarks`: the tables of benchmarks/RESULTS.md, measured anew. Arguments choose sections by name. */
export async function runBenchmarks({ root, env }, args) {
  const postgres = await startPostgres(root);
  try {
    const { code } = await run(
      'node',
      [
        ...['--require', '@backstage/cli/config/nodeTransform.cjs'],
        ...['src/index.ts', ...args],
      ],
      {
        cwd: join(root, 'benchmarks'),
        env: { ...env, BENCHMARKS_POSTGRES: postgres.connectionString },
      },
    );
    if (code !== 0) {
      throw new ExplainedFailure(
        'The benchmarks failed; the messages above say why.',
      );
    }
  } finally {
    await postgres.stop();
  }
}
