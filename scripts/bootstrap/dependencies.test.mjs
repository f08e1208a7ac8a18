import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fingerprint } from './dependencies.mjs';

const inputs = {
  manifests: [{ name: 'a', dependencies: { b: '^1.0.0' }, scripts: {} }],
  files: ['lockfile', 'settings'],
  platform: 'linux-x64',
};

describe('fingerprint of an installation', () => {
  for (const [title, changed] of [
    [
      'a dependency',
      { manifests: [{ name: 'a', dependencies: { b: '^2.0.0' } }] },
    ],
    ['a new package', { manifests: [...inputs.manifests, { name: 'c' }] }],
    ['the lockfile', { files: ['other', 'settings'] }],
    ['the settings of Yarn', { files: ['lockfile', 'other'] }],
    ['the kind of machine', { platform: 'darwin-arm64' }],
  ]) {
    it(`changes with ${title}`, () => {
      assert.notEqual(
        fingerprint({ ...inputs, ...changed }),
        fingerprint(inputs),
      );
    });
  }

  it('does not change with a script or a description', () => {
    const [manifest] = inputs.manifests;
    assert.equal(
      fingerprint({
        ...inputs,
        manifests: [
          { ...manifest, scripts: { test: 'jest' }, description: 'A' },
        ],
      }),
      fingerprint(inputs),
    );
  });
});
