import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { tellsOfFailedStart } from './portal.mjs';

describe('tellsOfFailedStart', () => {
  for (const [text, expected] of [
    ['InputError: wrong\n    at a.ts:1\n\nNode.js v22.23.3\n', true],
    ["BackendStartupError: Backend startup failed\n  Plugin 'a'", true],
    ['backstage info Plugin initialization complete', false],
    ['Supports Node.js v22.', false],
  ]) {
    it(`is ${expected} for ${JSON.stringify(text)}`, () => {
      assert.equal(tellsOfFailedStart(text), expected);
    });
  }
});
