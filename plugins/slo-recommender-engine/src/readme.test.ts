import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as engine from '.';

const readme = readFileSync(resolve(__dirname, '../README.md'), 'utf8');

const examples = readme.split(/^## /m).flatMap(part => {
  const [heading] = part.split('\n');
  return [...part.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code]) => ({
    heading,
    code,
  }));
});

describe('the examples of the README', () => {
  it.each(examples)('print what they say: $heading', ({ code }) => {
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
