import { servicesQuerySchema } from 'backstage-plugin-slo-recommender-common';
import type { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/databases';
import { aService } from '../__testUtils__/entities';
import { AnalysisStore } from '../analyses/AnalysisStore';
import { EntityStore } from '../catalog';
import { FleetStore } from './FleetStore';
import { ResultStore } from '../recommendations/ResultStore';
import { type ServiceResult } from '../recommendations/storedResults';
import { VisibleSetStore } from '../catalog/VisibleSetStore';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const AS_OF = new Date('2026-03-01T00:00:00Z');

const query = (fields: Record<string, unknown> = {}) =>
  servicesQuerySchema.parse(fields);

const aResult = (
  name: string,
  overrides: Partial<ServiceResult> = {},
): ServiceResult => ({
  entityRef: `component:default/${name}`,
  asOf: AS_OF.toISOString(),
  dataUntil: AS_OF.toISOString(),
  verdict: 'ok',
  achieved: 0.999,
  requests: 1_000,
  recommendedObjective: 0.99,
  budgetRemaining: 0.5,
  windowMs: 28 * 86_400_000,
  datasourceId: 'prometheus',
  simulated: false,
  inputsKey: 'inputs',
  recommendations: [],
  ...overrides,
});

async function publish(knex: Knex, id: string, results: ServiceResult[]) {
  const analyses = new AnalysisStore(knex);
  await analyses.enqueue({
    id,
    trigger: 'request',
    asOf: AS_OF,
    entityRefs: null,
    requestedAt: AS_OF,
  });
  await knex.transaction(tx =>
    new ResultStore(knex).publish(id, results, undefined, tx),
  );
}

describe.each(databases.eachSupportedId())('FleetStore on %s', databaseId => {
  async function createFleet() {
    const knex = await openTestDatabase(databases, databaseId);
    const services = [
      aService('alpha', { owner: 'group:default/a', criticality: 'high' }),
      aService('beta', { title: 'Beta 100%_done' }),
      aService('Gamma', {
        entityRef: 'component:default/gamma',
        title: 'GAMMA',
        promisedObjective: 0.999,
      }),
      aService('delta'),
      aService('neighbour', { optedIn: false }),
    ];
    await knex.transaction(tx =>
      new EntityStore(knex).replaceAll(services, tx),
    );
    await publish(knex, 'first', [
      aResult('alpha', { achieved: 0.9 }),
      aResult('beta', { achieved: 0.9, verdict: 'degraded' }),
      aResult('gamma', { achieved: null, verdict: 'invalid' }),
    ]);
    return { knex, fleet: new FleetStore(knex) };
  }

  it.each([
    ['title,asc', ['alpha', 'beta', 'delta', 'gamma']],
    ['title,desc', ['gamma', 'delta', 'beta', 'alpha']],
    ['achieved,asc', ['alpha', 'beta', 'delta', 'gamma']],
    ['achieved,desc', ['alpha', 'beta', 'delta', 'gamma']],
    ['verdict', ['gamma', 'beta', 'delta', 'alpha']],
    ['promisedObjective,desc', ['gamma', 'alpha', 'beta', 'delta']],
  ])(
    'walks every service once in the order %s, unknown values last',
    async (orderBy, expected) => {
      const { fleet } = await createFleet();
      for (const limit of [1, 2, 3, 50]) {
        const names: string[] = [];
        let cursor: string | undefined;
        do {
          const page = await fleet.list(
            query({ orderBy, limit, cursor }),
            undefined,
          );
          expect(page.totalItems).toBe(4);
          names.push(
            ...page.items.map(({ entity }) => entity.entityRef.split('/')[1]),
          );
          cursor = page.nextCursor ?? undefined;
        } while (cursor);
        expect(names).toEqual(expected);
      }
    },
  );

  it.each([
    ['owner', { owner: 'group:default/a' }, ['alpha']],
    ['criticality', { criticality: ['high', 'low'] }, ['alpha']],
    ['verdict', { verdict: ['invalid', 'degraded'] }, ['beta', 'gamma']],
    ['no analysis yet', { verdict: 'insufficient' }, ['delta']],
    ['text in any case', { text: 'gAm' }, ['gamma']],
    ['text that looks like a pattern', { text: '0%_d' }, ['beta']],
    ['text that would match as a pattern', { text: 'a%a' }, []],
    ['text with a quote', { text: "'; drop table entities; --" }, []],
    ['the same verdict twice', { verdict: ['ok', 'ok'] }, ['alpha']],
  ])('filters by %s', async (_, filter, expected) => {
    const { fleet } = await createFleet();
    const page = await fleet.list(query(filter), undefined);
    expect(
      page.items.map(({ entity }) => entity.entityRef.split('/')[1]),
    ).toEqual(expected);
    expect(page.totalItems).toBe(expected.length);
  });

  it('counts every verdict under the other filters', async () => {
    const { knex, fleet } = await createFleet();
    const sets = new VisibleSetStore(knex, () => AS_OF);
    const countsOf = async (filter: object, setId?: string) =>
      (await fleet.list(query({ limit: 1, ...filter }), setId)).counts;
    const all = { ok: 1, degraded: 1, insufficient: 1, invalid: 1 };
    const none = { ok: 0, degraded: 0, insufficient: 0, invalid: 0 };
    await expect(countsOf({})).resolves.toEqual(all);
    await expect(countsOf({ verdict: 'ok' })).resolves.toEqual(all);
    await expect(
      countsOf({ text: 'a', owner: 'group:default/a' }),
    ).resolves.toEqual({ ...none, ok: 1 });
    await expect(
      countsOf({}, await sets.save(['component:default/gamma'])),
    ).resolves.toEqual({ ...none, invalid: 1 });
  });

  it('counts once for all pages and orders, and again when anything else changes', async () => {
    const { knex, fleet } = await createFleet();
    let countings = 0;
    knex.on('query', ({ sql }) => {
      if (sql.includes('count(*)')) countings++;
    });
    const list = async (filter: Record<string, unknown>, version: number) =>
      (await fleet.list(query(filter), undefined, version)).counts;
    const counts = await list({}, 1);
    for (const filter of [
      { orderBy: 'achieved,desc' },
      { limit: 1 },
      { verdict: 'ok' },
    ]) {
      await expect(list(filter, 1)).resolves.toEqual(counts);
    }
    expect(countings).toBe(1);

    await publish(knex, 'second', []);
    const unanalysed = { ok: 0, degraded: 0, insufficient: 4, invalid: 0 };
    await expect(list({}, 1)).resolves.toEqual(unanalysed);
    await knex('entities')
      .where({ entity_ref: 'component:default/delta' })
      .update({ opted_in: false });
    await expect(list({}, 2)).resolves.toEqual({
      ...unanalysed,
      insufficient: 3,
    });
    await list({ text: 'a' }, 2);
    expect(countings).toBe(4);
  });

  it('shows and counts only what the reader may see', async () => {
    const { knex, fleet } = await createFleet();
    const sets = new VisibleSetStore(knex, () => AS_OF);
    const page = await fleet.list(
      query(),
      await sets.save(['component:default/delta']),
    );
    expect(page.totalItems).toBe(1);
    expect(page.items).toEqual([
      { entity: expect.objectContaining({ title: 'delta' }), result: null },
    ]);
    await expect(fleet.list(query(), await sets.save([]))).resolves.toEqual({
      items: [],
      nextCursor: null,
      totalItems: 0,
      counts: { ok: 0, degraded: 0, insufficient: 0, invalid: 0 },
    });
  });

  it('stays with the analysis of the first page when another one is published', async () => {
    const { knex, fleet } = await createFleet();
    const first = await fleet.list(
      query({ orderBy: 'achieved,desc', limit: 1 }),
      undefined,
    );
    await publish(knex, 'second', [aResult('beta', { achieved: 0.1 })]);
    const second = await fleet.list(
      query({ orderBy: 'achieved,desc', limit: 1, cursor: first.nextCursor }),
      undefined,
    );
    expect(second.items[0].result?.achieved).toBe(0.9);
  });

  it.each(['nonsense', Buffer.from('{"a":1}').toString('base64url')])(
    'refuses the cursor %s',
    async cursor => {
      const { fleet } = await createFleet();
      await expect(fleet.list(query({ cursor }), undefined)).rejects.toThrow(
        'cursor is not one that this list gave',
      );
    },
  );
});
