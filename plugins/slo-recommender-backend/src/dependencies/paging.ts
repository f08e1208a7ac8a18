import { InputError } from '@backstage/errors';
import { z } from 'zod';

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
  totalItems: number;
}

const cursorSchema = z.strictObject({ list: z.string(), after: z.string() });

function decodeCursor(text: string, list: string): string {
  try {
    const cursor = cursorSchema.parse(
      JSON.parse(Buffer.from(text, 'base64url').toString('utf8')),
    );
    if (cursor.list === list) return cursor.after;
  } catch {
    // falls through to the error that says what to do
  }
  throw new InputError(
    'cursor is not one that this list gave. Leave it out to begin with the first page.',
  );
}

/**
 * Cuts one page out of a list in memory. Pages are cut by key, so that an entry is neither repeated nor left out while
 * others come and go.
 *
 * @param list - name of the list, so that a cursor of another one is refused.
 * @param keyOf - different for each item; in its order items are listed. The reader can read it in the cursor.
 */
export function pageOf<T>(
  list: string,
  items: T[],
  keyOf: (item: T) => string,
  query: { limit: number; cursor?: string },
): Page<T> {
  const after =
    query.cursor === undefined ? undefined : decodeCursor(query.cursor, list);
  const left = items
    .map(item => ({ item, key: keyOf(item) }))
    .filter(({ key }) => after === undefined || key > after)
    .sort((a, b) => Number(a.key > b.key) - Number(a.key < b.key));
  const page = left.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map(({ item }) => item),
    nextCursor:
      last && left.length > page.length
        ? Buffer.from(JSON.stringify({ list, after: last.key })).toString(
            'base64url',
          )
        : null,
    totalItems: items.length,
  };
}

/** Part of a key: larger numbers first. Whole numbers from 0 to 10¹² − 1. */
export const largestFirst = (value: number) =>
  String(1e12 - 1 - value).padStart(12, '0');

/** Whether one of the texts contains the one looked for, in any case. */
export function matches(
  text: string | undefined,
  candidates: (string | null)[],
): boolean {
  if (!text) return true;
  const lower = text.toLocaleLowerCase('en-US');
  return candidates.some(candidate =>
    candidate?.toLocaleLowerCase('en-US').includes(lower),
  );
}
