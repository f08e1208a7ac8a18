import { resolve } from 'node:path';

/** Folder of the repository. */
export const REPOSITORY = resolve(__dirname, '../..');

/** Where runs leave screenshots and tables. */
export const OUTPUT = resolve(REPOSITORY, 'e2e-tests/output');

/** Recordings and their tools, which lie beside the repository where they are at hand. */
export const SHARED = resolve(REPOSITORY, '../shared');
