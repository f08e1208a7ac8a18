import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explainInstallFailure } from './failures.mjs';

describe('explainInstallFailure', () => {
  for (const [output, explanation] of [
    ['npm error code ENOTFOUND', /cannot be reached/],
    ['➤ YN0001: RequestError: getaddrinfo EAI_AGAIN host', /cannot be reached/],
    ['npm error code E403', /refused/],
    ['➤ YN0041: │ Invalid authentication (as an unknown user)', /refused/],
    ['Response code 407 (Proxy Authentication Required)', /refused/],
    ["ENOSPC: no space left on device, write '/a'", /disk is full/],
    ['self-signed certificate in certificate chain', /NODE_EXTRA_CA_CERTS/],
    [
      '➤ YN0028: │ The lockfile would have been modified by this install',
      /yarn\.lock does not match/,
    ],
    ["EACCES: permission denied, mkdir '/a'", /belongs to the user/],
  ]) {
    it(`explains ${output}`, () => {
      assert.match(explainInstallFailure(output) ?? '', explanation);
    });
  }

  it('leaves to the output what it does not know', () => {
    assert.equal(explainInstallFailure('something else'), undefined);
  });
});
