import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { configFlags, configTargets } from './configuration.mjs';

describe('configTargets', () => {
  for (const [args, targets] of [
    [[], []],
    [['--config', 'a.yaml'], ['/caller/a.yaml']],
    [['--config=../a.yaml'], ['/a.yaml']],
    [
      ['--config', '/etc/a.yaml', '--config', 'b.yaml'],
      ['/etc/a.yaml', '/caller/b.yaml'],
    ],
    [['--config', 'https://host/a.yaml'], ['https://host/a.yaml']],
    [['--config=a=b.yaml'], ['/caller/a=b.yaml']],
  ]) {
    it(`resolves ${args.join(' ') || 'nothing'} from the caller's folder`, () => {
      assert.deepEqual(configTargets(args, '/caller'), targets);
    });
  }

  for (const [args, message] of [
    [['a.yaml'], /"a.yaml" is not understood/],
    [['--plugin', 'catalog'], /"--plugin" is not understood/],
    [['--config'], /--config needs a file/],
    [['--config='], /--config needs a file/],
  ]) {
    it(`refuses ${args.join(' ')}`, () => {
      assert.throws(() => configTargets(args, '/caller'), message);
    });
  }
});

describe('configFlags', () => {
  it('names a file that is missing, with its whole path', () => {
    assert.throws(
      () =>
        configFlags('/repository', ['--config', 'none.yaml'], {
          INIT_CWD: '/caller',
        }),
      /\/caller\/none\.yaml does not exist/,
    );
  });

  it('tells of the two dashes where npm kept the flag for itself', () => {
    assert.throws(
      () => configFlags('/repository', [], { npm_config_config: 'a.yaml' }),
      /npm start -- --config FILE/,
    );
  });
});
