import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Recordings of others, which lie beside the repository where they are at hand. */
const RECORDINGS = resolve(__dirname, '../../../../../shared/data');

/** Rows of cells; undefined where the file is missing. Quoted cells do not occur in these recordings. */
export function readRecording(path: string): string[][] | undefined {
  const file = resolve(RECORDINGS, path);
  if (!existsSync(file)) return undefined;
  return readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .filter(Boolean)
    .map(line => line.split(','));
}
