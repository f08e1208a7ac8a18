/* eslint-disable no-restricted-imports -- this reads the sources, as no browser can */
import { readdirSync, readFileSync } from 'fs';
import { dirname, join } from 'path';

const files = readdirSync(__dirname, { recursive: true })
  .map(name => join(__dirname, String(name)))
  .filter(file => /\.(css|tsx?)$/.test(file));

/** Styles that a component or another style sheet takes from a style sheet. */
function stylesUsedIn(file: string) {
  const text = readFileSync(file, 'utf8');
  const composed = text.matchAll(/composes:\s*(\w+)\s+from\s+'([^']+)'/g);
  const imported = text.matchAll(/import (\w+) from '([^']+\.css)'/g);
  return [
    ...[...composed].map(([, name, sheet]) => ({ file, sheet, name })),
    ...[...imported].flatMap(([, styles, sheet]) =>
      [...text.matchAll(new RegExp(`(?<![/\\w])${styles}\\.(\\w+)`, 'g'))].map(
        ([, name]) => ({ file, sheet, name }),
      ),
    ),
  ];
}

it('has every style that is used', () => {
  // tests are given no style sheets, and the build of an app misses only what is composed
  const missing = files
    .flatMap(stylesUsedIn)
    .filter(
      ({ file, sheet, name }) =>
        !readFileSync(join(dirname(file), sheet), 'utf8').includes(`.${name}`),
    );
  expect(missing).toEqual([]);
});
