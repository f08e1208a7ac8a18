import { join } from 'node:path';
import { ExplainedFailure } from './failures.mjs';
import { run } from './processes.mjs';
import { deleteSourceMaps } from './sourceMaps.mjs';

/** The app as it is deployed: without source maps, before the bundle of the backend is made of it. */
export async function buildApp({ root, env }) {
  const { code } = await run('yarn', ['backstage-cli', 'package', 'build'], {
    cwd: join(root, 'packages/app'),
    env,
  });
  if (code !== 0) {
    throw new ExplainedFailure(
      'The app could not be built; the messages above say why.',
    );
  }
  await deleteSourceMaps(root);
}

/** `npm run build`: every plugin, the app and the backend, each into its `dist` folder. */
export async function build({ root, env }, args) {
  const yarn = async (command, folder = '.') => {
    const { code } = await run('yarn', command, {
      cwd: join(root, folder),
      env,
    });
    if (code !== 0) {
      throw new ExplainedFailure(
        `${command.join(' ')} failed; its messages above say why.`,
      );
    }
  };
  await yarn(['tsc']);
  await yarn(['backstage-cli', 'repo', 'build', ...args]);
  await buildApp({ root, env });
  await yarn(
    ['backstage-cli', 'package', 'build', '--skip-build-dependencies'],
    'packages/backend',
  );
}
