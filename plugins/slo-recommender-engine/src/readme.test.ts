import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as engine from '.';

const readme = readFileSync(resolve(__dirname, '../README.md'), 'utf8');

describe('the example of the README', () => {
  const [, code] = /```js\n([\s\S]*?)```/.exec(readme) ?? ['', ''];

  it('prints what it says', () => {
    const printed: string[] = [];
    const console = {
      log: (...values: unknown[]) => printed.push(values.join(' ')),
    };
    const [, names] = /import \{([^}]*)\} from/.exec(code) ?? ['', ''];
    const body = code.replace(/import \{[^}]*\} from '[^']*';/, '');
    // The code is ours, and there is no other way to run what the README says rather than a copy of it.
    // eslint-disable-next-line no-new-func
    new Function('engine', 'console', `const {${names}} = engine;${body}`)(
      engine,
      console,
    );
    const promised = [...code.matchAll(/^console\.log.*; \/\/ (.*)$/gm)].map(
      ([, text]) => text,
    );
    expect(promised.length).toBeGreaterThan(0);
    expect(printed).toEqual(promised);
  });
});
