import { readFile } from 'fs/promises';
import { resolve } from 'path';
import type { AuditorServiceCreateEventOptions } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  type Operation,
  operations,
  sloRecommenderPermissions,
} from 'backstage-plugin-slo-recommender-common';
import { z } from 'zod';
import {
  createTestDatabases,
  openTestDatabase,
} from '../../__testUtils__/databases';
import { startBackend } from '../../__testUtils__/startBackend';
import { listsOf } from './parseYielding';

jest.setTimeout(120_000);

const all = Object.entries<Operation>(operations);
const guarded = all.filter(([, { permission }]) => permission);

const databases = createTestDatabases();

describe('operations', () => {
  const denied = new Set<string>();
  const success = jest.fn();
  const fail = jest.fn();
  const createEvent = jest.fn(async (_: AuditorServiceCreateEventOptions) => ({
    success,
    fail,
  }));
  let portal: Awaited<ReturnType<typeof startBackend>>;

  beforeAll(async () => {
    portal = await startBackend({
      database: await openTestDatabase(databases, 'SQLITE_3'),
      entities: [],
      overrides: [
        mockServices.auditor.mock({ createEvent }).factory,
        mockServices.permissions.mock({
          authorize: async requests =>
            requests.map(({ permission }) => ({
              result: denied.has(permission.name)
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
            })),
          authorizeConditional: async requests =>
            requests.map(() => ({ result: AuthorizeResult.ALLOW })),
        }).factory,
      ],
    });
  });
  afterAll(() => portal.stop());
  afterEach(() => {
    denied.clear();
    jest.clearAllMocks();
  });

  /** The body cannot be parsed: any answer but 400 shows that it was not read. */
  const ask = (
    { method, path }: Operation,
    header = mockCredentials.user.header(),
  ) => {
    const url = path
      .replace('/v1', '')
      .replace(':kind/:namespace/:name', 'component/default/nobody')
      .replace(':id', 'unknown');
    return method === 'get'
      ? portal.get(url).set('Authorization', header)
      : portal
          .post(url, {})
          .set('Authorization', header)
          .set('Content-Type', 'application/json')
          .send('{');
  };

  it.each(all)('%s answers 401 to nobody', async (_, operation) => {
    const { status } = await ask(operation, mockCredentials.none.header());
    expect(status).toBe(401);
  });

  it.each(guarded)('%s needs its permission', async (_, operation) => {
    const name = operation.permission?.name ?? '';
    denied.add(name);
    const { body } = await ask(operation).expect(403);
    expect(body.error.message).toContain(`This needs the permission ${name}`);
  });

  it.each(all.filter(([, { method }]) => method === 'post'))(
    '%s is audited, also if it is refused',
    async (_, operation) => {
      expect(operation.audit).toBeDefined();
      const { eventId, actionType } = operation.audit ?? {};
      denied.add(operation.permission?.name ?? '');
      await ask(operation).expect(403);
      expect(createEvent).toHaveBeenCalledTimes(1);
      expect(createEvent).toHaveBeenCalledWith(
        expect.objectContaining({
          eventId,
          meta: expect.objectContaining({ actionType }),
        }),
      );
      expect(fail).toHaveBeenCalledWith({
        error: expect.objectContaining({ name: 'NotAllowedError' }),
      });
    },
  );

  it('notes an accepted write in the audit log, with the length of its lists', async () => {
    await portal
      .post('/services/dependencies', {
        source: 'audit-test',
        edges: [
          { source: 'cart', target: 'stock' },
          { source: 'cart', target: 'mail' },
        ],
      })
      .set('Authorization', mockCredentials.user.header())
      .expect(200);
    expect(createEvent.mock.calls[0][0].meta).toMatchObject({
      actionType: 'report',
      edges: '2 items',
    });
    expect(success).toHaveBeenCalledTimes(1);
  });

  it.each(all)('%s is there for who may ask', async (_, operation) => {
    for (const { name } of sloRecommenderPermissions) {
      if (name !== operation.permission?.name) denied.add(name);
    }
    const { path, body } = operation;
    // Express says 404 too if there is no route, in other words
    const notFound = {
      status: 404,
      body: { error: { message: expect.stringMatching(/nobody|unknown/) } },
    };
    const answered = path.includes(':') ? notFound : { status: 200 };
    const { status, body: answer } = await ask(operation);
    expect({ status, body: answer }).toMatchObject(
      body ? { status: 400 } : answered,
    );
  });

  it('need a permission if they change anything, and every permission is of use', () => {
    expect(guarded).toEqual(all.filter(([, { method }]) => method === 'post'));
    expect(
      new Set(guarded.map(([, { permission }]) => permission?.name)),
    ).toEqual(new Set(sloRecommenderPermissions.map(({ name }) => name)));
  });

  it.each(all)('%s limits every list of its body', (_, { body }) => {
    for (const list of listsOf(body ?? z.object({})).values()) {
      expect(z.toJSONSchema(list, { io: 'input' }).maxItems).toBeDefined();
    }
  });

  it('are described in the OpenAPI document, with what is required and what can go wrong', async () => {
    const { body: document } = await portal.get('/openapi.json').expect(200);
    for (const [, operation] of all) {
      const path = operation.path.replace(/:(\w+)/g, '{$1}');
      const described = document.paths[path][operation.method];
      expect(described.operationId).toBe(operation.operationId);
      const statuses = Object.keys(described.responses);
      expect(statuses).toContain(String(operation.status ?? 200));
      expect(statuses.includes('409')).toBe(Boolean(operation.errors));
      expect(statuses.includes('429')).toBe(
        operation.callsPerMinute !== undefined,
      );
      expect(statuses.includes('413')).toBe(Boolean(operation.body));
      expect(statuses.includes('304')).toBe(operation.method === 'get');
    }
    const described = Object.values<object>(document.paths);
    expect(described.flatMap(path => Object.keys(path))).toHaveLength(
      all.length,
    );
    const requestBody = (path: string) =>
      document.paths[path].post.requestBody.required;
    expect(requestBody('/v1/services/dependencies')).toBe(true);
    expect(requestBody('/v1/analyze')).toBe(false);
  });

  it('stand in the documentation, and their permissions in the README', async () => {
    const [guide, readme] = await Promise.all(
      ['../../../../../docs/api.md', '../../../README.md'].map(path =>
        readFile(resolve(__dirname, path), 'utf8'),
      ),
    );
    const rows = [...guide.matchAll(/^\| `((?:GET|POST) .*?)`/gm)];
    expect(rows.map(([, row]) => row).sort()).toEqual(
      all
        .map(
          ([, { method, path }]) =>
            `${method.toUpperCase()} ${path.replace(':kind/:namespace/:name', ':ref')}`,
        )
        .sort(),
    );
    const permissions = [...readme.matchAll(/^\| `(slo-recommender\..*?)`/gm)];
    expect(permissions.map(([, name]) => name).sort()).toEqual(
      sloRecommenderPermissions.map(({ name }) => name).sort(),
    );
  });
});
