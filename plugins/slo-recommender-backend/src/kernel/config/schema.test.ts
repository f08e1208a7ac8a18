import { mkdtemp, rm, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { loadConfigSchema } from '@backstage/config-loader';
import { z } from 'zod';
import { datasourceEntry } from './datasources';
import { sloRecommenderSchema } from './schema';

jest.setTimeout(60_000);

const jsonSchema = z.object({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  get properties() {
    return z.record(z.string(), jsonSchema).optional();
  },
  required: z.array(z.string()).optional(),
  get items() {
    return jsonSchema.optional();
  },
  enum: z.array(z.string()).optional(),
  get anyOf() {
    return z.array(jsonSchema).optional();
  },
});
type JsonSchema = z.infer<typeof jsonSchema>;

/** What both say of a key: the types it may have, its values, and the keys below. */
interface Outline {
  types: string[];
  enum?: string[];
  required?: string[];
  keys?: Record<string, Outline>;
  items?: Outline;
}

function outlineOf(schema: JsonSchema): Outline {
  const { anyOf, properties, items, required } = schema;
  if (anyOf) {
    return { types: anyOf.flatMap(one => outlineOf(one).types).sort() };
  }
  return {
    types: [schema.type ?? []].flat().sort(),
    enum: schema.enum,
    required: required?.length ? required : undefined,
    keys:
      properties &&
      Object.fromEntries(
        Object.entries(properties).map(([key, one]) => [key, outlineOf(one)]),
      ),
    items: items && outlineOf(items),
  };
}

const outlineOfZod = (schema: z.ZodType) =>
  outlineOf(
    jsonSchema.parse(
      z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }),
    ),
  );

/** `sloRecommender` as `config.d.ts` declares it, by way of what `config:check` uses. */
async function readDeclaration(): Promise<Outline> {
  const directory = await mkdtemp(join(tmpdir(), 'config-'));
  try {
    const packagePath = join(directory, 'package.json');
    await writeFile(
      packagePath,
      JSON.stringify({
        name: 'declaration',
        backstage: {},
        configSchema: resolvePackagePath(
          'backstage-plugin-slo-recommender-backend',
          'config.d.ts',
        ),
      }),
    );
    const loaded = await loadConfigSchema({
      dependencies: [],
      packagePaths: [packagePath],
    });
    const [{ value }] = z
      .object({ schemas: z.array(z.object({ value: jsonSchema })) })
      .parse(loaded.serialize()).schemas;
    const declared = value.properties?.sloRecommender;
    if (!declared) throw new Error('config.d.ts lacks sloRecommender');
    return outlineOf(declared);
  } finally {
    await rm(directory, { recursive: true });
  }
}

describe('sloRecommenderSchema', () => {
  it('has the keys, types and values that config.d.ts declares', async () => {
    const declared = await readDeclaration();
    const read = outlineOfZod(sloRecommenderSchema);
    const { id, type, ...ofTypes } =
      declared.keys?.datasources.items?.keys ?? {};
    const entry = outlineOfZod(datasourceEntry);
    expect({ id, type }).toEqual(entry.keys);
    expect(declared.keys?.datasources.items?.required).toEqual(entry.required);
    // the telemetry source of a type checks its keys
    expect(Object.keys(ofTypes)).not.toEqual([]);
    expect(read).toEqual({
      ...declared,
      keys: {
        ...declared.keys,
        datasources: { ...read.keys?.datasources, types: ['array'] },
        exclusions: {
          ...declared.keys?.exclusions,
          // a number from the environment is a text
          keys: { cap: { types: ['number', 'string'] } },
        },
        rateLimits: {
          ...declared.keys?.rateLimits,
          keys: Object.fromEntries(
            Object.keys(declared.keys?.rateLimits.keys ?? {}).map(key => [
              key,
              { types: ['number', 'string'] },
            ]),
          ),
        },
      },
    });
    expect(declared.keys?.exclusions.keys?.cap.types).toEqual(['number']);
    expect(declared.keys?.rateLimits.keys?.analyze.types).toEqual(['number']);
  });
});
