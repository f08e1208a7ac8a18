import { z } from 'zod';
import { inYieldingBatches } from '../concurrency/yieldToEventLoop';

/** Items of a list that are parsed at a time; a shorter list is parsed with what it is part of. */
const BATCH_SIZE = 500;

type Parsed<T extends z.ZodType> =
  | { success: true; data: z.output<T> }
  | { success: false; issues: z.core.$ZodIssue[] };

/** The list that a field holds, or has as its default. */
function listIn(field: z.core.$ZodType | undefined): z.ZodArray | undefined {
  const inner = field instanceof z.ZodDefault ? field.unwrap() : field;
  return inner instanceof z.ZodArray ? inner : undefined;
}

/** The same list, of whose items nothing is asked. */
const ofAnything = (list: z.ZodArray) =>
  new z.ZodArray({ ...list.def, element: z.unknown() });

/** Issues of a part of a list as issues of the whole. */
const within = (issues: z.core.$ZodIssue[], name: string, start: number) =>
  issues.map(issue => {
    const [index, ...rest] = issue.path;
    return { ...issue, path: [name, start + Number(index), ...rest] };
  });

/**
 * Parses an object as its schema does, with the same issues in the same order. Lets other work of the process run while
 * it goes through long lists.
 */
export async function parseYielding<T extends z.ZodObject>(
  schema: T,
  value: unknown,
): Promise<Parsed<T>> {
  const fields = new Map(Object.entries(schema.shape));
  const given = new Map(
    typeof value === 'object' && value !== null ? Object.entries(value) : [],
  );
  const long = new Map<string, { list: z.ZodArray; items: unknown[] }>();
  for (const [name, field] of fields) {
    const list = listIn(field);
    const items: unknown = given.get(name);
    if (list && Array.isArray(items) && items.length > BATCH_SIZE) {
      long.set(name, { list, items });
    }
  }
  if (long.size === 0) return parsed(schema.safeParse(value));

  const outline = schema.safeExtend(
    Object.fromEntries(
      [...long].map(([name, { list }]) => [name, ofAnything(list)]),
    ),
  );
  const whole = outline.safeParse(value);
  const issues: z.core.$ZodIssue[] = [];
  const lists: Record<string, unknown[]> = {};
  for (const [name, { list, items }] of long) {
    const batchSchema = z.array(list.element);
    const data: unknown[] = [];
    let start = 0;
    for await (const batch of inYieldingBatches(items, BATCH_SIZE)) {
      const result = batchSchema.safeParse(batch);
      if (result.success) for (const item of result.data) data.push(item);
      else issues.push(...within(result.error.issues, name, start));
      start += batch.length;
    }
    lists[name] = data;
  }
  if (!whole.success) issues.push(...whole.error.issues);
  if (!whole.success || issues.length) {
    const names = [...fields.keys()];
    const position = ({ path: [name] }: z.core.$ZodIssue) =>
      names.includes(String(name)) ? names.indexOf(String(name)) : Infinity;
    return {
      success: false,
      issues: issues.sort((a, b) => position(a) - position(b) || 0),
    };
  }
  // what the outline says of a list and what its items say of themselves is together what the schema says
  return { success: true, data: { ...whole.data, ...lists } as z.output<T> };
}

function parsed<T extends z.ZodType>(
  result: z.ZodSafeParseResult<z.output<T>>,
): Parsed<T> {
  return result.success
    ? { success: true, data: result.data }
    : { success: false, issues: result.error.issues };
}
