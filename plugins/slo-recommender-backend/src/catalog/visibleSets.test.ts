import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { parseEntityRef } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { servicesQuerySchema } from 'backstage-plugin-slo-recommender-common';
import type { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/databases';
import { FleetStore } from '../fleet/FleetStore';
import { VisibleSetStore } from './VisibleSetStore';
import { Visibility } from './Visibility';

jest.setTimeout(120_000);

const databases = createTestDatabases();

const ADA = mockCredentials.user('user:default/ada');
const BOB = mockCredentials.user('user:default/bob');

const A = 'component:default/a';
const B = 'component:default/b';

const CONDITIONAL: PolicyDecision = {
  result: AuthorizeResult.CONDITIONAL,
  pluginId: 'catalog',
  resourceType: 'catalog-entity',
  conditions: {
    rule: 'IS_ENTITY_OWNER',
    resourceType: 'catalog-entity',
    params: {},
  },
};

const DENIED: PolicyDecision = { result: AuthorizeResult.DENY };

/** Services with numbers as names, `from` to `to`. */
const addServices = (knex: Knex, from: number, to: number) =>
  knex.raw(
    `with recursive numbers(i) as (select ${from} union all select i + 1 from numbers where i < ${to})
     insert into entities (entity_ref, opted_in, kind, title, sort_title, telemetry_names, annotation_issues)
     select 'component:default/' || i, true, 'component', '' || i, '' || i, '[]', '[]' from numbers`,
  );

describe.each(databases.eachSupportedId())('Visibility on %s', databaseId => {
  let nowMs = 1_000;
  beforeEach(() => {
    jest.spyOn(performance, 'now').mockImplementation(() => nowMs);
  });
  afterEach(() => jest.restoreAllMocks());

  /** A catalog that shows each caller what `mayRead` says. */
  async function create() {
    const knex = await openTestDatabase(databases, databaseId);
    await knex('entities').insert(
      [A, B].map(entity_ref => ({
        entity_ref,
        opted_in: true,
        kind: 'component',
        title: entity_ref,
        sort_title: entity_ref,
        telemetry_names: '[]',
        annotation_issues: '[]',
      })),
    );
    const mayRead = jest.fn(
      (_entityRef: string, _caller: BackstageCredentials) => true,
    );
    const getEntitiesByRefs = jest.fn(
      async (
        { entityRefs }: { entityRefs: string[] },
        { credentials }: { credentials: BackstageCredentials },
      ) => ({
        items: entityRefs.map(ref => {
          if (!mayRead(ref, credentials)) return undefined;
          const { kind, namespace, name } = parseEntityRef(ref);
          return { apiVersion: 'a/v1', kind, metadata: { namespace, name } };
        }),
      }),
    );
    const decide = jest.fn(async (): Promise<PolicyDecision[]> => [
      CONDITIONAL,
    ]);
    const visibility = new Visibility({
      catalog: catalogServiceMock.mock({ getEntitiesByRefs }),
      permissions: mockServices.permissions.mock({
        authorizeConditional: decide,
      }),
      sets: new VisibleSetStore(knex, () => new Date(nowMs)),
    });
    const refsOf = async (credentials: BackstageCredentials) => {
      const set = await visibility.all(credentials);
      return set && [...set.entityRefs].sort();
    };
    return { knex, mayRead, getEntitiesByRefs, decide, visibility, refsOf };
  }

  it('asks once for a caller, however many requests wait, and again after 30 s', async () => {
    const { decide, getEntitiesByRefs, mayRead, refsOf } = await create();
    const answers = await Promise.all([refsOf(ADA), refsOf(ADA), refsOf(ADA)]);
    expect(answers).toEqual([
      [A, B],
      [A, B],
      [A, B],
    ]);
    mayRead.mockImplementation(ref => ref === B);
    nowMs += 29_999;
    await expect(refsOf(ADA)).resolves.toEqual([A, B]);
    expect(decide).toHaveBeenCalledTimes(1);
    expect(getEntitiesByRefs).toHaveBeenCalledTimes(1);
    nowMs += 2;
    await expect(refsOf(ADA)).resolves.toEqual([B]);
    expect(decide).toHaveBeenCalledTimes(2);
    expect(getEntitiesByRefs).toHaveBeenCalledTimes(2);
  });

  it('counts the 30 s from when it asked, not from when the answer came', async () => {
    const { mayRead, refsOf } = await create();
    mayRead.mockImplementationOnce(() => {
      nowMs += 20_000;
      return true;
    });
    await refsOf(ADA);
    mayRead.mockReturnValue(false);
    nowMs += 10_001;
    await expect(refsOf(ADA)).resolves.toEqual([]);
  });

  it.each([
    { decision: DENIED, expected: [] },
    { decision: CONDITIONAL, expected: [A, B] },
  ])(
    'sees within 30 s that what was allowed became $decision.result',
    async ({ decision, expected }) => {
      const { decide, refsOf, visibility } = await create();
      decide.mockResolvedValueOnce([
        { result: AuthorizeResult.ALLOW } as never,
      ]);
      await expect(refsOf(ADA)).resolves.toBeUndefined();
      await expect(visibility.readable([A], ADA)).resolves.toBeUndefined();
      decide.mockResolvedValueOnce([decision]);
      nowMs += 30_001;
      await expect(refsOf(ADA)).resolves.toEqual(expected);
      await expect(visibility.readable([A], ADA)).resolves.toEqual(
        new Set(expected),
      );
      expect(decide).toHaveBeenCalledTimes(2);
    },
  );

  it('never shows a caller what another one may read', async () => {
    const { mayRead, refsOf, visibility } = await create();
    const restricted = (action: 'read' | 'update') =>
      mockCredentials.service('user:default/ada', {
        permissionAttributes: { action: [action] },
      });
    const callers: [BackstageCredentials, string[]][] = [
      [ADA, [A]],
      [BOB, [B]],
      [mockCredentials.service('user:default/ada'), [A, B]],
      [restricted('read'), []],
      [restricted('update'), [B]],
      [
        mockCredentials.user('user:default/ada', {
          actor: { subject: 'plugin:other' },
        }),
        [],
      ],
    ];
    const readableBy = new Map(
      callers.map(([{ principal }, refs]) => [JSON.stringify(principal), refs]),
    );
    mayRead.mockImplementation(
      (ref, { principal }) =>
        readableBy.get(JSON.stringify(principal))?.includes(ref) ?? false,
    );
    for (const [caller, refs] of [...callers, ...callers]) {
      await expect(refsOf(caller)).resolves.toEqual(refs);
      const readable = await visibility.readable([A, B], caller);
      expect([...(readable ?? [])].sort()).toEqual(refs);
    }
  });

  it('fails while the catalog fails, and asks again the next time', async () => {
    const { getEntitiesByRefs, decide, refsOf, visibility } = await create();
    decide.mockRejectedValueOnce(new Error('no policy'));
    await expect(refsOf(ADA)).rejects.toThrow('no policy');
    getEntitiesByRefs.mockRejectedValueOnce(new Error('catalog is down'));
    await expect(refsOf(ADA)).rejects.toThrow('catalog is down');
    getEntitiesByRefs.mockRejectedValueOnce(new Error('still down'));
    await expect(visibility.readable([A], ADA)).rejects.toThrow('still down');
    await expect(refsOf(ADA)).resolves.toEqual([A, B]);
    // neither is the old answer served once it is too old
    nowMs += 30_001;
    getEntitiesByRefs.mockRejectedValueOnce(new Error('down again'));
    await expect(refsOf(ADA)).rejects.toThrow('down again');
  });

  it('asks about a single entity alone, unless it knows all that the caller may read', async () => {
    const { getEntitiesByRefs, refsOf, visibility } = await create();
    await expect(visibility.readable([A], ADA)).resolves.toEqual(new Set([A]));
    expect(getEntitiesByRefs.mock.calls[0][0].entityRefs).toEqual([A]);
    await refsOf(ADA);
    await expect(visibility.readable([A], ADA)).resolves.toEqual(
      new Set([A, B]),
    );
    expect(getEntitiesByRefs).toHaveBeenCalledTimes(2);
  });

  it('lists more services than a statement can have bound values', async () => {
    const { knex, mayRead, visibility } = await create();
    await addServices(knex, 1, 70_000);
    mayRead.mockImplementation(ref => !ref.endsWith('/70000'));
    const set = await visibility.all(ADA);
    const fleet = new FleetStore(knex);
    const { items, totalItems } = await fleet.list(
      servicesQuerySchema.parse({ limit: 2, orderBy: 'title,desc' }),
      set?.id,
    );
    expect(totalItems).toBe(70_001);
    expect(items.map(({ entity }) => entity.title)).toEqual([B, A]);
    const hidden = await fleet.list(
      servicesQuerySchema.parse({ text: '70000' }),
      set?.id,
    );
    expect(hidden.totalItems).toBe(0);
  });
});
