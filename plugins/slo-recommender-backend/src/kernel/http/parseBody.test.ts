import fc from 'fast-check';
import { z } from 'zod';
import { propertyRuns } from '../../__testUtils__/propertyRuns';
import { parseBody } from './parseBody';

const schema = z.strictObject({
  source: z.string().default('mesh'),
  attributes: z.record(z.string(), z.unknown()).optional(),
  nodes: z.array(z.unknown()).max(100_000).default([]),
  edges: z
    .array(z.strictObject({ from: z.string(), to: z.unknown().optional() }))
    .min(1)
    .max(100_000)
    .optional(),
});

/** What the schema says of a text, or that it is not JSON. */
function expected(json: string) {
  try {
    const { success, data, error } = schema.safeParse(JSON.parse(json));
    return success
      ? { success, data }
      : { success, issues: error.issues, hasMore: false };
  } catch {
    return 'not JSON';
  }
}

const parsed = (json: string) =>
  parseBody(schema, json).catch(({ name }) =>
    name === 'InputError' ? 'not JSON' : name,
  );

/** Characters with which JSON begins, ends, separates or hides. */
const MARKS = '[]{},:"\\ 1';
const LONG = ' '.repeat(40_000);

const bodies = fc.record(
  {
    source: fc.string(),
    attributes: fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })),
    nodes: fc.oneof(fc.array(fc.jsonValue()), fc.jsonValue()),
    edges: fc.array(
      fc.record(
        { from: fc.oneof(fc.string(), fc.integer()), to: fc.jsonValue() },
        { requiredKeys: [] },
      ),
      { maxLength: 6 },
    ),
    unknown: fc.constant([[{ edges: ['"', '\\'] }]]),
  },
  { requiredKeys: [] },
);

/** Runs something, and returns the lengths of the texts that were parsed meanwhile. */
async function lengthsParsed(work: () => Promise<unknown>): Promise<number[]> {
  const parse = jest.spyOn(JSON, 'parse');
  try {
    await work();
    return parse.mock.calls.map(([text]) => text.length);
  } finally {
    parse.mockRestore();
  }
}

const sum = (lengths: number[]) => lengths.reduce((a, b) => a + b, 0);

describe('parseBody', () => {
  it('says of a body what the schema does', async () => {
    await fc.assert(
      fc.asyncProperty(
        bodies,
        fc.constantFrom(undefined, 1, '\t'),
        async (body, indent) => {
          const json = JSON.stringify(body, null, indent);
          await expect(parsed(json)).resolves.toEqual(expected(json));
        },
      ),
      propertyRuns(2_000),
    );
  });

  it('takes for JSON only what is, wherever the text was cut', async () => {
    const texts = fc
      .tuple(
        bodies,
        fc.array(
          fc.record({
            at: fc.double({ min: 0, max: 1, noNaN: true }),
            removed: fc.integer({ min: 0, max: 2 }),
            mark: fc.constantFrom('', LONG, ...MARKS),
          }),
          { minLength: 1, maxLength: 4 },
        ),
      )
      .map(([body, edits]) => {
        let json = JSON.stringify(body);
        for (const { at, removed, mark } of edits) {
          const cut = Math.floor(at * json.length);
          json = json.slice(0, cut) + mark + json.slice(cut + removed);
        }
        return json;
      })
      // an object with two fields of one name is refused as no JSON is
      .filter(json => (json.match(/"(nodes|edges)"/g) ?? []).length < 3);
    await fc.assert(
      fc.asyncProperty(texts, async json => {
        const isObject = json.trimStart().startsWith('{');
        await expect(parsed(json)).resolves.toEqual(
          isObject ? expected(json) : 'not JSON',
        );
      }),
      propertyRuns(2_000),
    );
  });

  it.each([
    ['an empty list', `{"nodes":[]}`],
    ['a list of blanks', `{"nodes":[${LONG}]}`],
    ['a comma before the first item', `{"nodes":[${LONG},1]}`],
    ['a comma after the last item', `{"nodes":[1${LONG},]}`],
    ['two commas', `{"nodes":[1${LONG},${LONG},1]}`],
    ['a list that does not end', `{"nodes":[1`],
    ['a list that ends as an object does', `{"nodes":[1}}`],
    ['an item that ends as another does', `{"nodes":[{]]}`],
    ['a list without a name', `{"nodes" [1]}`],
    ['a name with escapes', `{"\\u006eodes":[1]}`],
    ['quotes and brackets in strings', `{"nodes":["\\"]","[\\\\"]}`],
  ])('reads %s as JSON.parse does', async (_, json) => {
    await expect(parsed(json)).resolves.toEqual(expected(json));
  });

  it.each(['', '1', 'null', '[]', '[[1]]', '"{}"', '{'])(
    'refuses %j, which is no object',
    async json => {
      await expect(parseBody(schema, json)).rejects.toThrow('The body');
    },
  );

  it('refuses a list that is there twice', async () => {
    await expect(
      parseBody(schema, '{"nodes":[1],"nodes":[2]}'),
    ).rejects.toThrow('nodes is there twice');
  });

  it('parses a long list in slices, and each item once', async () => {
    const nodes = Array.from({ length: 20_000 }, (_, node) => ({ node }));
    const json = JSON.stringify({ source: 'fleet', nodes });
    let result: unknown;
    const lengths = await lengthsParsed(async () => {
      result = await parseBody(schema, json);
    });
    expect(result).toEqual({ success: true, data: { source: 'fleet', nodes } });
    expect(json.length).toBeGreaterThan(250_000);
    expect(Math.max(...lengths)).toBeLessThan(50_000);
    expect(sum(lengths)).toBeLessThan(1.1 * json.length);
  });

  it.each([
    ['empty objects', '{},'],
    ['brackets within brackets', '['],
    ['different objects', '{"a":1},{"b":1},'],
    ['quotes', '"\\"'],
  ])(
    'refuses what is too long to be parsed at once: an item of %s',
    async (_, text) => {
      const json = `{"nodes":[1,[${text.repeat(1_000_000)}]]}`;
      const lengths = await lengthsParsed(() =>
        expect(parseBody(schema, json)).rejects.toThrow(
          'nodes.1 must not be longer than 131072 characters',
        ),
      );
      expect(lengths).toEqual([]);
    },
  );

  it.each([
    ['a string', `{"source":"${'x'.repeat(200_000)}"}`],
    ['a field', `{"attributes":{"a":[${'{},'.repeat(60_000)}1]}}`],
    ['around its lists', `{"nodes":[],${LONG}${LONG}"edges":[${LONG}],${LONG}`],
    ['before anything', `${LONG.repeat(4)}{}`],
  ])(
    'refuses what is too long to be parsed at once: %s in no list',
    async (_, json) => {
      const lengths = await lengthsParsed(() =>
        expect(parseBody(schema, `${json}${LONG}`)).rejects.toThrow(
          'what is in no list must not be longer',
        ),
      );
      expect(lengths).toEqual([]);
    },
  );

  it('stops at the first few wrong items', async () => {
    const json = `{"edges":[${'{},'.repeat(99_999)}{}]}`;
    const lengths = await lengthsParsed(() =>
      expect(parseBody(schema, json)).resolves.toMatchObject({
        success: false,
        issues: { length: 20 },
        hasMore: true,
      }),
    );
    expect(sum(lengths)).toBeLessThan(50_000);
  });

  it('does not parse a list that is too long', async () => {
    const json = `{"edges":[${'{},'.repeat(1_000_000)}{}]}`;
    const lengths = await lengthsParsed(() =>
      expect(parseBody(schema, json)).resolves.toMatchObject({
        success: false,
        issues: [{ code: 'too_big', path: ['edges'] }],
        hasMore: false,
      }),
    );
    expect(sum(lengths)).toBeLessThan(1_000);
  });
});
