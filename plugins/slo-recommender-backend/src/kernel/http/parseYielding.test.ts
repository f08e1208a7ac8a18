import { setImmediate } from 'timers/promises';
import { z } from 'zod';
import { parseYielding } from './parseYielding';

const schema = z.strictObject({
  source: z.string().min(3),
  nodes: z.array(z.strictObject({ name: z.string() })).default([]),
  edges: z
    .array(
      z
        .strictObject({ from: z.string().trim(), calls: z.number().optional() })
        .refine(({ from }) => from !== 'x', 'must not be x'),
    )
    .max(2_500)
    .default([]),
  mode: z.enum(['merge', 'replace']).default('merge'),
});

const edges = (length: number, wrong: Record<number, unknown> = {}) =>
  Array.from({ length }, (_, i) => wrong[i] ?? { from: ` a${i}` });

describe('parseYielding', () => {
  it.each([
    ['a short list', { source: 'mesh', edges: edges(3) }],
    ['a long list', { source: 'mesh', edges: edges(2_000) }],
    [
      'two long lists',
      {
        source: 'mesh',
        edges: edges(501),
        nodes: Array.from({ length: 1_700 }, () => ({ name: 'a' })),
        mode: 'replace',
      },
    ],
  ])('parses %s', async (_, value) => {
    await expect(parseYielding(schema, value)).resolves.toEqual({
      success: true,
      data: schema.parse(value),
    });
  });

  it.each([
    ['what is no object', 'x'],
    ['a list that is none', { source: 'mesh', edges: 'many' }],
    ['an item of a short list', { source: 'mesh', edges: edges(3, { 1: 7 }) }],
    [
      'items far apart',
      { source: 'mesh', edges: edges(2_000, { 0: {}, 1_999: { from: 'x' } }) },
    ],
    ['a list that is too long', { source: 'mesh', edges: edges(2_501) }],
    [
      'fields before and after the list, and ones that are not known',
      {
        mode: 'x',
        unknown: 1,
        source: 'm',
        edges: edges(600, { 599: { from: 1, to: 2 } }),
      },
    ],
  ])('finds wrong what the schema does: %s', async (_, value) => {
    const expected = schema.safeParse(value);
    await expect(parseYielding(schema, value)).resolves.toEqual({
      success: false,
      issues: expected.error?.issues,
      hasMore: false,
    });
  });

  it('stops after twenty issues', async () => {
    let parsed = 0;
    const counting = z.object({
      items: z.array(
        z.unknown().refine(() => {
          parsed++;
          return false;
        }),
      ),
    });
    const items = Array(1_000_000).fill(1);
    const result = await parseYielding(counting, { items });
    expect(result).toMatchObject({ success: false, hasMore: true });
    expect(!result.success && result.issues).toHaveLength(20);
    expect(parsed).toBe(21);
  });

  it('does not parse the items of a list that is too long', async () => {
    const items = Array(1_000_000).fill({ from: 1 });
    await expect(
      parseYielding(schema, { source: 'mesh', edges: items }),
    ).resolves.toMatchObject({
      success: false,
      issues: [{ code: 'too_big', path: ['edges'] }],
      hasMore: false,
    });
  });

  it('lets other work run while it goes through a long list', async () => {
    let isParsed = false;
    let turns = 0;
    const slow = z.object({
      items: z.array(
        z.number().refine(() => {
          const until = performance.now() + 0.02;
          while (performance.now() < until);
          return true;
        }),
      ),
    });
    const parsing = parseYielding(slow, { items: Array(5_000).fill(1) });
    void parsing.then(() => {
      isParsed = true;
    });
    for (; !isParsed; turns++) await setImmediate();
    expect(turns).toBeGreaterThan(3);
  });
});
