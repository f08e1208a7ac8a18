import { ExplainedFailure } from './failures.mjs';
import { run } from './processes.mjs';

/** `npm run build`: the app, the backend and every plugin, each into its `dist` folder. */
export async function build({ root, env }, args) {
  for (const command of [
    ['tsc'],
    ['backstage-cli', 'repo', 'build', '--all', ...args],
  ]) {
    const { code } = await run('yarn', command, { cwd: root, env });
    if (code !== 0) {
      throw new ExplainedFailure(
        `${command.join(' ')} failed; its messages above say why.`,
      );
    }
  }
}
