import { InputError } from '@backstage/errors';
import type { z } from 'zod';
import { yieldToEventLoop } from '../concurrency/yieldToEventLoop';
import {
  type Batches,
  listsOf,
  type Parsed,
  parseInBatches,
} from './parseYielding';

/** Most characters that are parsed at once: of an item of a list, or of all that is in no list. */
const MOST_CHARACTERS = 128 * 1024;

/** Characters that are read between two looks at the clock. */
const SLICE_LENGTH = 32 * 1024;

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * Parses a body in JSON as its schema does. `JSON.parse` holds up the process for seconds and fills its memory if 32 MB
 * are empty objects, so the text is cut between the items of its lists; these are parsed and checked a few at a time.
 *
 * @throws InputError for what is not JSON, and for an item too long to be parsed at once.
 */
export async function parseBody<T extends z.ZodObject>(
  schema: T,
  json: string,
): Promise<Parsed<T>> {
  const { rest, lists } = await cutLists(json, [...listsOf(schema).keys()]);
  const body = parseJson(rest);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new InputError('The body must be a JSON object.');
  }
  return parseInBatches(schema, body, lists);
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new InputError('The body is not JSON', error);
  }
}

function* parseSlices(slices: string[]): Iterable<unknown[]> {
  for (const slice of slices) {
    const items = parseJson(`[${slice}]`);
    // where the text was cut, a comma can lack the item before or after it
    if (!Array.isArray(items) || (slices.length > 1 && items.length === 0)) {
      throw new InputError('The body is not JSON: a list lacks an item.');
    }
    yield items;
  }
}

function requireShort(length: number, what: string): void {
  if (length > MOST_CHARACTERS) {
    throw new InputError(
      `The body cannot be used: ${what} must not be longer than ${MOST_CHARACTERS} characters`,
    );
  }
}

/**
 * Cuts these lists out of the text of an object, which leaves them empty, and each list into slices. Brackets are counted
 * and not matched: if they do not match, what is left or one of the slices is not JSON.
 */
async function cutLists(
  json: string,
  names: string[],
): Promise<{ rest: string; lists: Map<string, Batches> }> {
  const lists = new Map<string, Batches>();
  let list: { name: string; slices: string[]; length: number } | undefined;
  let rest = '';
  /** Start of the item, or of what is to be added to the rest. */
  let from = 0;
  let sliceFrom = 0;
  let depth = 0;
  let isInString = false;
  let stringFrom = 0;
  let stringTo = 0;
  let pauseAt = SLICE_LENGTH;

  const requireShortUntil = (at: number) =>
    list
      ? requireShort(at - from, `${list.name}.${list.length}`)
      : requireShort(rest.length + at - from, 'what is in no list');

  for (let at = 0; at < json.length; at++) {
    if (at >= pauseAt) {
      requireShortUntil(at);
      await yieldToEventLoop();
      pauseAt = at + SLICE_LENGTH;
    }
    const character = json.charCodeAt(at);
    if (isInString) {
      if (character === BACKSLASH) at++;
      if (character !== QUOTE) continue;
      isInString = false;
      stringTo = at + 1;
    } else if (character === QUOTE) {
      isInString = true;
      stringFrom = at;
    } else if (character === OPEN_LIST || character === OPEN_OBJECT) {
      depth++;
      if (depth !== 2 || list || character === OPEN_OBJECT) continue;
      // in an object, the string before a list is its name
      const before = json.slice(stringFrom, stringTo);
      const name = names.find(one => before === JSON.stringify(one));
      if (name === undefined) continue;
      list = { name, slices: [], length: 0 };
      rest += json.slice(from, at + 1);
      from = at + 1;
      sliceFrom = at + 1;
    } else if (character === CLOSE_LIST || character === CLOSE_OBJECT) {
      depth--;
      if (depth !== 1 || !list) continue;
      requireShortUntil(at);
      const last = json.slice(sliceFrom, at);
      if (list.length > 0 || last.trim() !== '') {
        list.slices.push(last);
        list.length++;
      }
      const { name, length, slices } = list;
      if (lists.has(name)) {
        throw new InputError(`The body cannot be used: ${name} is there twice`);
      }
      lists.set(name, { length, batches: parseSlices(slices) });
      list = undefined;
      from = at;
    } else if (character === COMMA && list && depth === 2) {
      requireShortUntil(at);
      list.length++;
      from = at + 1;
      if (at - sliceFrom < SLICE_LENGTH) continue;
      list.slices.push(json.slice(sliceFrom, at));
      sliceFrom = at + 1;
    }
  }
  requireShortUntil(json.length);
  return { rest: rest + json.slice(from), lists };
}
