import fc from 'fast-check';
import type { z } from 'zod';
import { HOUR_MS } from '../kernel/time/hours';

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** Instants of which there is telemetry, and about which a service can be told something. */
const RECENT = Array.from({ length: 30 }, (_, hour) =>
  new Date(Date.now() - hour * HOUR_MS).toISOString(),
);

const INSTANTS = [
  '1970-01-01T00:00:00Z',
  '2999-12-31T23:59:59.999Z',
  '2023-06-30T13:59:59.999999999+02:00',
  '2024-02-29T23:59:59-23:59',
  '1969-12-31T23:59:59Z',
  '9999-12-31T23:59:59-23:59',
  '0000-01-01T00:00:00Z',
];

/** Characters that are easily miscounted, misread or not storable. */
const CHARACTERS = [
  'x',
  ' ',
  '"',
  "'",
  '\\',
  '%',
  '_',
  ':',
  '/',
  '\n',
  '\u0000',
]
  .concat(['é', 'İ', '\u0301', '\u200b', '\u202e', '😀', '\ud800', '\udc00'])
  .concat(['<', '&', '{', '🏳️‍🌈', '\ufeff', '\uffff']);

/** What a service may be called, so that what is sent is about the same ones. */
const NAMES = [
  'component:default/checkout',
  'Component:Payment',
  'checkout',
  'payment',
  'silent',
  'cart',
  'Cart.default.svc.cluster.local:80',
  'mail',
  'user',
  'unknown',
];
const FIELDS_WITH_NAMES = /^(source|target|name|aliases|entityRefs|text)$/;

/** Values of any type that do harm where they are not expected. */
const HOSTILE: unknown[] = [
  ...[undefined, null, true, '', 0, -0, -1, 0.1, 5e-324, 1e308, 2 ** 53, -1e15],
  ...[[], {}, [[]], [null], { length: 1e9 }, { $ne: null }, [[[[[]]]]]],
  ...['NaN', 'Infinity', '1e999', '-0', 'null', '__proto__', 'constructor'],
  ...['toString', "'; drop table events; --", '../../etc/passwd', '%00', '%'],
  ...['{}', '[]', '\u0000', '\ud800', 'x'.repeat(10_000), '٣', '1_000'],
  Object.fromEntries([['__proto__', { admin: true }]]),
  Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`k${i}`, i])),
  ...INSTANTS,
];

export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE) },
  fc.jsonValue(),
  fc.string({ unit: 'binary', maxLength: 50 }),
);

/** The values at the limits of a schema without parts, and beside them. */
export function extremesOf(schema: JsonSchema): unknown[] {
  const {
    minLength = 0,
    maxLength = 300,
    minimum = -Number.MAX_VALUE,
    maximum = Number.MAX_VALUE,
  } = schema;
  if (schema.enum) return schema.enum;
  if (schema.type === 'boolean') return [true, false];
  if (schema.type === 'number' || schema.type === 'integer') {
    const above = Number(schema.exclusiveMinimum ?? minimum);
    const below = Number(schema.exclusiveMaximum ?? maximum);
    const values =
      schema.type === 'integer'
        ? [minimum, minimum + 1, maximum - 1, maximum]
        : [above + 2 ** -53, below - 2 ** -53, 5e-324, 1];
    return [...values, minimum, maximum, 0.5].filter(
      value => value >= above && value <= below,
    );
  }
  if (schema.type !== 'string') return [null];
  if (schema.format === 'date-time') return INSTANTS;
  if (schema.format === 'uri') {
    const start = 'https://a.example/';
    return [
      'http://x',
      start + 'x'.repeat(maxLength - start.length),
      `${start}\u{1f600}\u0301?q="'%00#\\`,
      `${start}${'é'.repeat(maxLength - start.length)}`,
    ];
  }
  const longest = CHARACTERS.map(character =>
    `a${character.repeat(maxLength)}`.slice(0, maxLength),
  );
  return ['x'.repeat(minLength), ...longest];
}

/** Values as a JSON schema describes them, and some that only almost are, as it cannot describe everything. */
export function arbitraryInput(
  schema: JsonSchema | boolean | undefined,
  field = '',
): fc.Arbitrary<unknown> {
  if (typeof schema !== 'object') return hostileValue;
  const { anyOf, items, properties, pattern } = schema;
  if (anyOf) return fc.oneof(...anyOf.map(one => arbitraryInput(one, field)));
  if (schema.type === 'array') {
    const item = Array.isArray(items) ? true : items;
    return fc.array(arbitraryInput(item, field), {
      minLength: schema.minItems,
      maxLength: Math.min(schema.maxItems ?? 4, 4),
    });
  }
  if (schema.type === 'object' && properties) {
    return fc.record(
      Object.fromEntries(
        Object.entries(properties).map(([name, part]) => [
          name,
          arbitraryInput(part, name),
        ]),
      ),
      { requiredKeys: schema.required ?? [] },
    );
  }
  if (schema.type === 'object') {
    return fc.dictionary(
      fc.string({ minLength: 1, maxLength: 100 }),
      arbitraryInput(schema.additionalProperties, field),
      { maxKeys: 4 },
    );
  }
  const extremes = fc.constantFrom(...extremesOf(schema));
  if (schema.type !== 'string' || schema.enum) return extremes;
  if (schema.format === 'date-time') {
    return fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...RECENT) },
      extremes,
    );
  }
  const texts = pattern
    ? fc.stringMatching(new RegExp(pattern))
    : fc.string({
        unit: 'grapheme',
        minLength: schema.minLength,
        maxLength: Math.min(schema.maxLength ?? 20, 20),
      });
  return FIELDS_WITH_NAMES.test(field)
    ? fc.oneof(
        { weight: 20, arbitrary: fc.constantFrom(...NAMES) },
        texts,
        extremes,
      )
    : fc.oneof({ weight: 9, arbitrary: texts }, extremes);
}

/** The same values with one of their parts, or all, replaced by one that is not expected there, or an unknown field. */
export function withHarm(values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(values, fc.nat(), hostileValue)
    .map(([value, place, harm]) => {
      const copy = structuredClone({ value });
      const places = placesIn(copy);
      const [parent, key] = places[place % places.length];
      Reflect.set(parent, key, harm);
      return copy.value;
    });
}

/** Values with one part each at one of its limits, and the rest as in the example. */
export function* withExtremes(
  schema: JsonSchema,
  example: unknown,
): Generator<unknown> {
  const { items, properties, anyOf } = schema;
  if (properties && typeof example === 'object') {
    for (const [name, part] of Object.entries(properties)) {
      if (typeof part === 'boolean') continue;
      const before: unknown = Reflect.get(example ?? {}, name);
      for (const value of withExtremes(part, before)) {
        yield { ...example, [name]: value };
      }
    }
  } else if (anyOf) {
    for (const one of anyOf) {
      if (typeof one === 'object') yield* withExtremes(one, example);
    }
  } else if (items && typeof items === 'object' && !Array.isArray(items)) {
    const [first] = Array.isArray(example) ? example : [];
    for (const value of withExtremes(items, first)) yield [value];
    const most = Math.min(schema.maxItems ?? 100, 100);
    yield Array(most).fill(first);
  } else if (schema.type === 'object') {
    for (const text of extremesOf({ type: 'string', maxLength: 100 })) {
      yield { [String(text)]: String(text) };
    }
  } else {
    yield* extremesOf(schema);
  }
}

function placesIn(parent: object): [object, string][] {
  return [
    ...Object.entries(parent).flatMap(([key, value]): [object, string][] => [
      [parent, key],
      ...(typeof value === 'object' && value !== null ? placesIn(value) : []),
    ]),
    [parent, Array.isArray(parent) ? String(parent.length) : 'unexpected'],
  ];
}
