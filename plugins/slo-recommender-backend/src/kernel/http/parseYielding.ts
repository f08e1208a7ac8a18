import { z } from 'zod';
import { yieldToEventLoop } from '../concurrency/yieldToEventLoop';

/** Items of a list that are parsed between two looks at the clock; a shorter list is parsed at once. */
const BATCH_SIZE = 500;

/** Issues after which parsing stops: a million wrong items must not become a million issues. */
const MOST_ISSUES = 20;

export type Issue = z.core.$ZodIssue;

export type Parsed<T extends z.ZodType> =
  | { success: true; data: z.output<T> }
  | {
      success: false;
      issues: Issue[];
      /** Whether there are, or may be, more issues than these. */
      hasMore: boolean;
    };

/** The items of a list, some at a time. */
export interface Batches {
  length: number;
  batches: Iterable<unknown[]>;
}

/** The lists among the fields of an object, also those that may be absent. */
export function listsOf(schema: z.ZodObject): Map<string, z.ZodArray> {
  const lists = new Map<string, z.ZodArray>();
  for (const [name, field] of Object.entries(schema.shape)) {
    const inner =
      field instanceof z.ZodDefault || field instanceof z.ZodOptional
        ? field.unwrap()
        : field;
    if (inner instanceof z.ZodArray) lists.set(name, inner);
  }
  return lists;
}

/**
 * Parses an object as its schema does, with the same issues in the same order, up to the first few. Lets other work of
 * the process run while it goes through long lists.
 */
export async function parseYielding<T extends z.ZodObject>(
  schema: T,
  value: unknown,
): Promise<Parsed<T>> {
  const given: object =
    typeof value === 'object' && value !== null ? value : {};
  const lists = new Map<string, Batches>();
  for (const name of listsOf(schema).keys()) {
    const items: unknown = Reflect.get(given, name);
    if (!Array.isArray(items)) continue;
    lists.set(name, { length: items.length, batches: batchesOf(items) });
  }
  if ([...lists.values()].every(({ length }) => length <= BATCH_SIZE)) {
    const result = schema.safeParse(value);
    return result.success ? result : failed(schema, result.error.issues);
  }
  return parseInBatches(schema, given, lists);
}

function* batchesOf(items: unknown[]): Iterable<unknown[]> {
  for (let from = 0; from < items.length; from += BATCH_SIZE) {
    yield items.slice(from, from + BATCH_SIZE);
  }
}

/**
 * Parses an object whose lists come in batches. A list that is too long is refused before its first batch.
 *
 * @param rest - the object, in which these lists may be left out or empty.
 */
export async function parseInBatches<T extends z.ZodObject>(
  schema: T,
  rest: object,
  lists: ReadonlyMap<string, Batches>,
): Promise<Parsed<T>> {
  const issues: Issue[] = [];
  const parsed: Record<string, unknown> = {};
  const outline: Record<string, z.ZodType> = {};
  for (const [name, list] of listsOf(schema)) {
    const given = lists.get(name);
    if (!given) continue;
    const ofAnything = new z.ZodArray({ ...list.def, element: z.unknown() });
    const { maxItems = Infinity } = z.toJSONSchema(ofAnything);
    const before = issues.length;
    let items: unknown[] = [];
    if (given.length > maxItems) {
      items = Array(maxItems + 1);
    } else {
      for (const batch of given.batches) {
        addItems(batch, { name, list, items, issues });
        if (issues.length > MOST_ISSUES) break;
        await yieldToEventLoop();
      }
    }
    parsed[name] = items;
    // of a list with wrong items, the schema says nothing more
    outline[name] = issues.length > before ? z.unknown() : ofAnything;
  }
  const whole = schema.safeExtend(outline).safeParse({ ...rest, ...parsed });
  if (!whole.success) issues.push(...whole.error.issues);
  if (!whole.success || issues.length) return failed(schema, issues);
  // what the outline says of a list and what its items say of themselves is together what the schema says
  return { success: true, data: whole.data as z.output<T> };
}

function addItems(
  batch: unknown[],
  to: { name: string; list: z.ZodArray; items: unknown[]; issues: Issue[] },
): void {
  for (const item of batch) {
    const result = z.safeParse(to.list.element, item);
    for (const issue of result.error?.issues ?? []) {
      to.issues.push({
        ...issue,
        path: [to.name, to.items.length, ...issue.path],
      });
    }
    to.items.push(result.data);
    if (to.issues.length > MOST_ISSUES) return;
  }
}

/** In the order of the schema's fields. */
function failed(
  schema: z.ZodObject,
  issues: Issue[],
): Parsed<never> & { success: false } {
  const names = Object.keys(schema.shape);
  const position = ({ path: [name] }: Issue) =>
    names.includes(String(name)) ? names.indexOf(String(name)) : Infinity;
  return {
    success: false,
    issues: issues
      .sort((a, b) => position(a) - position(b) || 0)
      .slice(0, MOST_ISSUES),
    hasMore: issues.length > MOST_ISSUES,
  };
}
