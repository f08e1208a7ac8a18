import { gzipSync } from 'zlib';
import { mockCredentials } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import type { Operation } from 'backstage-plugin-slo-recommender-common';
import { z } from 'zod';
import { arbitraryInput, hostileValue, withHarm } from './arbitraryInput';
import { API } from './startBackend';

/** A request as it goes over the wire, but for what earlier answers name. */
export interface RawRequest {
  operation: Operation;
  path: string;
  headers: Record<string, string>;
  body: Buffer | undefined;
}

/** What earlier answers named, by what it is of. */
export class KnownNames {
  readonly #names = new Map<string, string[]>();

  /** @param of - for example `cycles`, or `cursor`. */
  add(of: string, name: string): void {
    const names = this.#names.get(of) ?? [];
    if (!names.includes(name)) this.#names.set(of, [...names, name]);
  }

  fillIn(path: string): string {
    return path.replace(/__(\w+)-(\d+)__/g, (_, of: string, n) => {
      const names = this.#names.get(of) ?? ['none'];
      return encodeURIComponent(names[n % names.length]);
    });
  }
}

/** Stands for what an earlier answer will have named. */
const known = (of: string) => fc.nat({ max: 1_000 }).map(n => `__${of}-${n}__`);

/** What the ids in answers of an operation are of: the list that they are in. */
export const ofIds = ({ path }: Operation): string =>
  /(exclusions|cycles|analyze)/.exec(path)?.[1] ?? 'others';

const user = mockCredentials.user.header();
const other = mockCredentials.user.header('user:default/other');

const encoded = (text: string) => encodeURIComponent(text.toWellFormed());

const hostileText = hostileValue.map(value => String(value).slice(0, 2_000));

/** A part of a path: never empty, for that is the path of another operation. */
const segment = (usual: fc.Arbitrary<string>) =>
  fc.oneof(
    { weight: 30, arbitrary: usual },
    hostileText.filter(text => text !== '').map(encoded),
    fc.constantFrom('%', '%E0%A4%A', '%00', '..%2f..', '%2e%2e', '*', 'a:b'),
  );

const SEGMENTS: Record<string, fc.Arbitrary<string>> = {
  ':kind': segment(
    fc.constantFrom(...Array(9).fill('component'), 'Component', 'api'),
  ),
  ':namespace': segment(
    fc.constantFrom(...Array(9).fill('default'), 'DEFAULT', 'x'),
  ),
  ':name': segment(fc.constantFrom('checkout', 'payment', 'silent', 'nobody')),
};

export const jsonSchemaOf = (schema: z.ZodType) =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });

function arbitraryQuery(schema: z.ZodObject | undefined) {
  const fields = Object.entries(
    schema ? (jsonSchemaOf(schema).properties ?? {}) : {},
  );
  const usual = fields.map(([name, field]) =>
    name === 'cursor'
      ? fc.oneof(
          { weight: 4, arbitrary: fc.constant([]) },
          known('cursor').map(cursor => [`cursor=${cursor}`]),
        )
      : arbitraryInput(field, name).map(value =>
          [value].flat().map(one => `${name}=${encoded(String(one))}`),
        ),
  );
  const names = fc.constantFrom('x', ...fields.map(([name]) => name));
  const hostile = fc
    .tuple(names, fc.constantFrom('', '[]', '[a]', '[__proto__]'), hostileText)
    .map(([name, index, text]) => [`${name}${index}=${encoded(text)}`]);
  const usualQuery = fc.subarray(usual).chain(parts => fc.tuple(...parts));
  return fc
    .oneof({ weight: 9, arbitrary: usualQuery }, fc.array(hostile))
    .map(parts => (parts.flat().length ? `?${parts.flat().join('&')}` : ''));
}

const HEADERS: Record<string, string>[] = [
  { 'If-None-Match': '*' },
  { 'If-None-Match': 'W/"' },
  { Accept: 'text/html' },
  { Authorization: other },
  { Authorization: mockCredentials.user.invalidHeader() },
  { Authorization: mockCredentials.none.header() },
  { Authorization: mockCredentials.service.header() },
  { Range: 'bytes=0-1' },
  { Origin: 'https://elsewhere.example' },
];

interface Body {
  headers: Record<string, string>;
  body: Buffer | undefined;
}

const JSON_TYPE = { 'Content-Type': 'application/json' };

const asJson = (value: unknown): Body => ({
  headers: JSON_TYPE,
  body: Buffer.from(JSON.stringify(value) ?? ''),
});

/** What is hostile in the way a body is sent. */
const BODIES: Body[] = [
  { headers: {}, body: undefined },
  { headers: JSON_TYPE, body: Buffer.from('{"a":') },
  { headers: JSON_TYPE, body: Buffer.from('{"edges":[{},]}') },
  { headers: JSON_TYPE, body: Buffer.from([0xff, 0xfe, 0x7b, 0x00]) },
  { headers: JSON_TYPE, body: Buffer.from('['.repeat(200_000)) },
  { headers: JSON_TYPE, body: Buffer.alloc(1_100_000, 32) },
  {
    headers: { 'Content-Type': 'application/json; charset=klingon' },
    body: Buffer.from('{}'),
  },
  { headers: { 'Content-Type': 'text/plain' }, body: Buffer.from('{}') },
  { headers: { 'Content-Type': 'x' }, body: Buffer.from('{}') },
  {
    headers: { ...JSON_TYPE, 'Content-Encoding': 'gzip' },
    body: gzipSync(Buffer.alloc(40_000_000, 32)),
  },
  {
    headers: { ...JSON_TYPE, 'Content-Encoding': 'gzip' },
    body: Buffer.from('{}'),
  },
  {
    headers: { ...JSON_TYPE, 'Content-Encoding': 'zip' },
    body: Buffer.from('{}'),
  },
];

function arbitraryBody(schema: z.ZodObject | undefined): fc.Arbitrary<Body> {
  if (!schema) return fc.constant({ headers: {}, body: undefined });
  const described = arbitraryInput(jsonSchemaOf(schema));
  const valid = described.filter(value => schema.safeParse(value).success);
  return fc.oneof(
    { weight: 20, arbitrary: valid.map(asJson) },
    { weight: 4, arbitrary: described.map(asJson) },
    { weight: 6, arbitrary: withHarm(valid).map(asJson) },
    { weight: 1, arbitrary: hostileValue.map(asJson) },
    { weight: 1, arbitrary: fc.constantFrom(...BODIES) },
  );
}

/** Requests of an operation: valid, nearly valid, and hostile ones. */
export function arbitraryRequest(
  operation: Operation,
): fc.Arbitrary<RawRequest> {
  const path = fc
    .tuple(
      ...operation.path
        .replace('/v1/', '')
        .split('/')
        .map(part =>
          part === ':id'
            ? segment(known(ofIds(operation)))
            : (SEGMENTS[part] ?? fc.constant(part)),
        ),
    )
    .map(parts => [API, ...parts].join('/'));
  const headers = fc.oneof(
    { weight: 6, arbitrary: fc.constant({ Authorization: user }) },
    fc
      .constantFrom(...HEADERS)
      .map(unusual => ({ Authorization: user, ...unusual })),
  );
  return fc
    .tuple(
      path,
      arbitraryQuery(operation.query),
      headers,
      arbitraryBody(operation.body),
    )
    .map(([to, query, ofRequest, { headers: ofBody, body }]) => ({
      operation,
      path: to + query,
      headers: { ...ofRequest, ...ofBody },
      body,
    }));
}
