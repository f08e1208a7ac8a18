import { z } from 'zod';
import { inYieldingBatches } from '../concurrency/yieldToEventLoop';

/** Items of a list that are parsed between two looks at the clock; a shorter list is parsed at once. */
const BATCH_SIZE = 500;

/** Issues after which parsing stops: a million wrong items must not become a million issues. */
const MOST_ISSUES = 20;

type Issue = z.core.$ZodIssue;

type Parsed<T extends z.ZodType> =
  | { success: true; data: z.output<T> }
  | {
      success: false;
      issues: Issue[];
      /** Whether there are, or may be, more issues than these. */
      hasMore: boolean;
    };

/** The list that a field holds, if any, or has as its default. */
function listIn(field: z.core.$ZodType): z.ZodArray | undefined {
  const inner =
    field instanceof z.ZodDefault || field instanceof z.ZodOptional
      ? field.unwrap()
      : field;
  return inner instanceof z.ZodArray ? inner : undefined;
}

/** The same list, with items of any type. */
const ofAnything = (list: z.ZodArray) =>
  new z.ZodArray({ ...list.def, element: z.unknown() });

const tooManyValues = (path: Issue['path'], most: number): Issue => ({
  code: 'custom',
  path,
  message: `must not contain more than ${most} values`,
  input: undefined,
});

/**
 * Parses an object as its schema does, with the same issues in the same order, up to the first few. Lets other work of
 * the process run while it goes through long lists.
 *
 * @param options.maxValues - most values that an item of a list, or all that is not in a list, may contain at any depth.
 * To be given for input from outside: a schema finds out that a record is too large after it has parsed all of it.
 */
export async function parseYielding<T extends z.ZodObject>(
  schema: T,
  value: unknown,
  { maxValues = Infinity }: { maxValues?: number } = {},
): Promise<Parsed<T>> {
  const given: object =
    typeof value === 'object' && value !== null ? value : {};
  const lists = new Map<string, { list: z.ZodArray; items: unknown[] }>();
  for (const [name, field] of Object.entries(schema.shape)) {
    const list = listIn(field);
    const items: unknown = Reflect.get(given, name);
    if (list && Array.isArray(items)) lists.set(name, { list, items });
  }
  const isShort = [...lists.values()].every(
    ({ items }) => items.length <= BATCH_SIZE,
  );
  if (isShort && maxValues === Infinity) {
    const result = schema.safeParse(value);
    return result.success ? result : failed(schema, result.error.issues);
  }

  if (hasMoreValues(given, maxValues, name => lists.has(name))) {
    return failed(schema, [tooManyValues([], maxValues)]);
  }
  const outline = schema.safeExtend(
    Object.fromEntries(
      [...lists].map(([name, { list }]) => [name, ofAnything(list)]),
    ),
  );
  const whole = outline.safeParse(value);
  const issues = whole.success ? [] : whole.error.issues;
  const refused = new Set(issues.map(({ path: [name] }) => name));
  const data: Record<string, unknown[]> = {};
  for (const [name, { list, items }] of lists) {
    if (refused.has(name)) continue;
    const parsed: unknown[] = [];
    data[name] = parsed;
    for await (const batch of inYieldingBatches(items, BATCH_SIZE)) {
      for (const item of batch) {
        const path = [name, parsed.length];
        if (hasMoreValues(item, maxValues)) {
          issues.push(tooManyValues(path, maxValues));
        } else {
          const result = z.safeParse(list.element, item);
          if (result.success) {
            parsed.push(result.data);
            continue;
          }
          for (const issue of result.error.issues) {
            issues.push({ ...issue, path: [...path, ...issue.path] });
          }
        }
        parsed.push(undefined);
        if (issues.length > MOST_ISSUES) break;
      }
      if (issues.length > MOST_ISSUES) break;
    }
  }
  if (!whole.success || issues.length) return failed(schema, issues);
  // what the outline says of a list and what its items say of themselves is together what the schema says
  return { success: true, data: { ...whole.data, ...data } as z.output<T> };
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

/**
 * Returns whether a value contains more than so many values at any depth. Stops counting there: `Object.values` of an
 * object with a million keys takes longer than parsing its JSON.
 */
function hasMoreValues(
  value: unknown,
  most: number,
  isLeftOut: (name: string) => boolean = () => false,
): boolean {
  if (most === Infinity) return false;
  let left = most;
  const isOver = (one: unknown): boolean => {
    if (left-- <= 0) return true;
    if (typeof one !== 'object' || one === null) return false;
    if (Array.isArray(one)) return one.some(isOver);
    for (const name in one) {
      if (one === value && isLeftOut(name)) continue;
      if (isOver(Reflect.get(one, name))) return true;
    }
    return false;
  };
  return isOver(value);
}
