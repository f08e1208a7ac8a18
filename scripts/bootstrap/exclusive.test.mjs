import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { exclusively, isAbandoned } from './exclusive.mjs';

describe('isAbandoned', () => {
  for (const [title, holder, alive, expected] of [
    ['its process works', { pid: 7, ageMs: 100 }, true, false],
    ['its process is gone', { pid: 7, ageMs: 100 }, false, true],
    ['nobody touched it for long', { pid: 7, ageMs: 60_000 }, true, true],
    ['it is being written', { pid: NaN, ageMs: 5 }, false, false],
  ]) {
    it(`is ${expected} where ${title}`, () => {
      assert.equal(
        isAbandoned(holder, () => alive),
        expected,
      );
    });
  }
});

describe('exclusively', () => {
  let folder;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'slo-recommender-lock-'));
  });
  after(() => rm(folder, { recursive: true }));

  it('lets one work at a time', async () => {
    const file = join(folder, 'one');
    let working = 0;
    const work = async () => {
      working++;
      assert.equal(working, 1);
      await new Promise(resolve => setTimeout(resolve, 20));
      working--;
    };
    await Promise.all([1, 2, 3].map(() => exclusively(file, work)));
    assert.equal(existsSync(file), false);
  });

  it('takes over what a process that is gone left behind', async () => {
    const file = join(folder, 'left');
    await writeFile(file, '2147483646');
    assert.equal(await exclusively(file, async () => 'done'), 'done');
  });

  it('lets the next one work after a failure', async () => {
    const file = join(folder, 'failed');
    await assert.rejects(
      exclusively(file, () => Promise.reject(new Error('no'))),
    );
    assert.equal(await exclusively(file, async () => 'done'), 'done');
  });
});
