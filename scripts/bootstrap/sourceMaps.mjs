import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Deletes the source maps of the built app: the backend serves whatever is in the folder, to everybody. Backstage's
 * build has no option to leave them out.
 */
export async function deleteSourceMaps(root) {
  const dist = join(root, 'packages/app/dist');
  for (const file of await readdir(dist, { recursive: true })) {
    if (file.endsWith('.map')) await rm(join(dist, file));
  }
}
