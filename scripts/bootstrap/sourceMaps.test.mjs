import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { deleteSourceMaps } from './sourceMaps.mjs';

const root = await mkdtemp(join(tmpdir(), 'source-maps-'));
after(() => rm(root, { recursive: true }));

test('source maps of the built app are deleted, and nothing else', async () => {
  const dist = join(root, 'packages/app/dist');
  await mkdir(join(dist, 'static/css'), { recursive: true });
  for (const file of [
    'index.html',
    'static/main.js',
    'static/main.js.map',
    'static/map.js',
    'static/css/main.css.map',
  ]) {
    await writeFile(join(dist, file), '');
  }
  await deleteSourceMaps(root);
  const left = await readdir(dist, { recursive: true });
  assert.deepEqual(left.sort(), [
    'index.html',
    'static',
    'static/css',
    'static/main.js',
    'static/map.js',
  ]);
});
