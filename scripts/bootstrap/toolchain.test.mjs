import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  isSupportedNode,
  withNpmsRegistryForYarn,
  withoutCallersNpm,
  yarnVersion,
} from './toolchain.mjs';

describe('isSupportedNode', () => {
  for (const [version, expected] of [
    ['20.20.2', false],
    ['22.11.0', false],
    ['22.12.0', true],
    ['22.23.3', true],
    ['23.1.0', false],
    ['24.0.0', true],
    ['25.0.0', false],
  ]) {
    it(`is ${expected} for ${version}`, () => {
      assert.equal(isSupportedNode(version), expected);
    });
  }
});

describe('yarnVersion', () => {
  it('reads the version, without the checksum that may follow', () => {
    assert.equal(yarnVersion('yarn@4.18.1'), '4.18.1');
    assert.equal(yarnVersion('yarn@4.18.1+sha512.abc'), '4.18.1');
  });

  for (const value of [undefined, 'npm@10.0.0', 'yarn@berry']) {
    it(`refuses ${value}`, () => {
      assert.throws(() => yarnVersion(value), /packageManager in package.json/);
    });
  }
});

describe('withoutCallersNpm', () => {
  it('drops what npm says about itself, and keeps how to reach the registry', () => {
    assert.deepEqual(
      withoutCallersNpm({
        HOME: '/home/somebody',
        INIT_CWD: '/caller',
        npm_config_prefix: '/usr/local',
        npm_config_global: 'true',
        npm_lifecycle_event: 'start',
        npm_package_name: 'a',
        npm_config_registry: 'https://registry.example.com',
        NPM_CONFIG_CAFILE: '/etc/ca.pem',
      }),
      {
        HOME: '/home/somebody',
        npm_config_registry: 'https://registry.example.com',
        NPM_CONFIG_CAFILE: '/etc/ca.pem',
      },
    );
  });
});

describe('withNpmsRegistryForYarn', () => {
  it('tells Yarn what npm was told', () => {
    assert.deepEqual(
      withNpmsRegistryForYarn({ npm_config_registry: 'https://mirror' }),
      {
        npm_config_registry: 'https://mirror',
        YARN_NPM_REGISTRY_SERVER: 'https://mirror',
      },
    );
  });

  it('leaves alone what Yarn was told itself', () => {
    const env = {
      npm_config_registry: 'https://mirror',
      YARN_NPM_REGISTRY_SERVER: 'https://other',
    };
    assert.deepEqual(withNpmsRegistryForYarn(env), env);
  });
});
