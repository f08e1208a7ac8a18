import { setTimeout } from 'timers/promises';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  dependenciesResponseSchema,
  errorBudgetResponseSchema,
  recommendationsResponseSchema,
  servicesResponseSchema,
  serviceSummarySchema,
  statusResponseSchema,
} from 'backstage-plugin-slo-recommender-common';
import type { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
} from './__testUtils__/databases';
import { aComponent } from './__testUtils__/entities';
import { FakeTelemetrySource } from './__testUtils__/FakeTelemetrySource';
import { startBackend } from './__testUtils__/startBackend';

jest.setTimeout(120_000);

const databases = createTestDatabases();
const AS_OF = '2023-06-30T12:00:00.000Z';
const CHECKOUT = '/services/component/default/checkout';

const checkout = aComponent('checkout', {
  title: 'Checkout',
  annotations: { 'slo-recommender.io/availability-objective': '99.5' },
  relations: [{ type: 'dependsOn', targetRef: 'component:default/payment' }],
});
const payment = aComponent('payment');
const silent = aComponent('silent');

/** One failure in a thousand; `silent` is never heard of. */
function aSource(id = 'fake') {
  const source = new FakeTelemetrySource(id);
  source.counts = name =>
    name === 'silent' ? undefined : { total: 1_000, bad: 1 };
  return source;
}

describe.each(databases.eachSupportedId())(
  'slo-recommender on %s',
  databaseId => {
    const stops: (() => Promise<void>)[] = [];
    afterEach(async () => {
      for (const stop of stops.splice(0)) await stop();
    });

    async function start(
      options: Partial<Parameters<typeof startBackend>[0]> = {},
      database?: Knex,
    ) {
      const knex = database ?? (await openTestDatabase(databases, databaseId));
      const backend = await startBackend({
        database: knex,
        entities: [checkout, payment, silent],
        sources: [aSource()],
        ...options,
      });
      stops.push(backend.stop);
      return { ...backend, knex };
    }

    it('recommends from telemetry of long ago, as of then', async () => {
      const { analyse, get } = await start();
      await expect(analyse({ asOf: AS_OF })).resolves.toMatchObject({
        asOf: AS_OF,
        status: 'completed',
        progress: 1,
        services: 3,
      });

      const list = servicesResponseSchema.parse(
        (await get('/services').expect(200)).body,
      );
      expect(list.totalItems).toBe(3);
      expect(list.items[0]).toMatchObject({
        entityRef: 'component:default/checkout',
        title: 'Checkout',
        owner: 'group:default/team',
        verdict: 'ok',
        achieved: 0.999,
        requests: 7 * 24 * 1_000,
        promisedObjective: 0.995,
        asOf: AS_OF,
      });
      expect(list.items[0].budgetRemaining).toBeCloseTo(0.8, 9);
      expect(list.items[2]).toMatchObject({
        entityRef: 'component:default/silent',
        verdict: 'insufficient',
        achieved: null,
        recommendedObjective: null,
      });

      const recommendations = recommendationsResponseSchema.parse(
        (await get(`${CHECKOUT}/slo-recommendations`).expect(200)).body,
      );
      expect(recommendations).toMatchObject({ asOf: AS_OF, window: 'P7D' });
      const [availability] = recommendations.recommendations;
      expect(availability.tiers.balanced).toMatchObject({
        objective: list.items[0].recommendedObjective,
      });
      expect(availability.curve).toHaveLength(12);
      expect(availability.history.at(-1)).toMatchObject({
        day: '2023-06-30',
        requests: 12_000,
        badRequests: 12,
      });
      expect(availability.dataQuality).toEqual({
        completeness: 1,
        historyDays: 28,
        source: 'fake',
        evidence: 'fake-metric',
        simulated: false,
      });
      const latency = await get(
        `${CHECKOUT}/slo-recommendations?sliType=latency`,
      ).expect(200);
      expect(latency.body.recommendations).toEqual([]);
    });

    it('reads the catalog and analyses by itself', async () => {
      const { get } = await start({ scheduled: true });
      let items: { verdict: string; asOf: string | null }[] = [];
      for (let tries = 0; tries < 200 && !items[0]?.asOf; tries++) {
        await setTimeout(100);
        items = servicesResponseSchema.parse(
          (await get('/services')).body,
        ).items;
      }
      expect(items).toHaveLength(3);
      expect(items[0]).toMatchObject({
        verdict: 'ok',
        asOf: expect.any(String),
      });
    });

    it('breaks down the error budget of any objective', async () => {
      const { analyse, get } = await start();
      await analyse({ asOf: AS_OF });
      const promised = errorBudgetResponseSchema.parse(
        (await get(`${CHECKOUT}/error-budget-breakdown`).expect(200)).body,
      );
      expect(promised).toMatchObject({
        objective: 0.995,
        objectiveSource: 'promised',
        totalRequests: 168_000,
        badRequests: 168,
        completeness: 1,
      });
      expect(promised.spent).toBeCloseTo(0.2, 9);
      const asked = errorBudgetResponseSchema.parse(
        (
          await get(
            `${CHECKOUT}/error-budget-breakdown?objective=0.9995&asOf=2023-06-29T12:00:00Z`,
          ).expect(200)
        ).body,
      );
      expect(asked).toMatchObject({
        asOf: '2023-06-29T12:00:00.000Z',
        objectiveSource: 'requested',
      });
      expect(asked.remaining).toBeCloseTo(-1, 9);
      expect(asked.burnRates.map(({ window }) => window)).toEqual([
        'PT1H',
        'PT6H',
        'P1D',
        'P3D',
      ]);
    });

    it('shows dependencies that are declared and those that were seen', async () => {
      const source = aSource();
      source.observed = [
        {
          client: 'checkout',
          server: 'mystery',
          connectionType: 'request',
          calls: 604_800,
          failedCalls: 6_048,
          firstSeenAt: new Date('2023-06-23T12:00:00Z'),
          lastSeenAt: new Date('2023-06-30T00:00:00Z'),
        },
      ];
      const { analyse, get } = await start({ sources: [source] });
      await analyse({ asOf: AS_OF });
      const { nodes, edges } = dependenciesResponseSchema.parse(
        (
          await get(
            `${CHECKOUT}/dependencies?direction=downstream&depth=3`,
          ).expect(200)
        ).body,
      );
      expect(nodes.map(({ id, kind }) => `${kind} ${id}`)).toEqual([
        'component component:default/checkout',
        'component component:default/payment',
        'undeclared undeclared:mystery',
      ]);
      expect(edges).toEqual([
        expect.objectContaining({
          target: 'component:default/payment',
          declared: true,
          observed: false,
          callsPerSecond: null,
        }),
        expect.objectContaining({
          target: 'undeclared:mystery',
          declared: false,
          observed: true,
          callsPerSecond: 1,
          failureRatio: 0.01,
        }),
      ]);
    });

    it('fetches nothing twice, and writes the same rows when run again', async () => {
      const { analyse, sources, knex } = await start();
      await analyse({ asOf: AS_OF });
      const rows = await knex('sli_history').orderBy(['entity_ref', 'day']);
      const asked = sources[0].asked.length;
      expect(asked).toBeGreaterThan(0);

      await analyse({ asOf: AS_OF });
      expect(sources[0].asked).toHaveLength(asked);
      await expect(
        knex('sli_history').orderBy(['entity_ref', 'day']),
      ).resolves.toEqual(rows);

      await analyse({ asOf: '2023-06-30T14:00:00Z' });
      expect(sources[0].asked.slice(asked)).toEqual([
        {
          services: [
            'component:default/checkout',
            'component:default/payment',
            'component:default/silent',
          ],
          range: {
            from: new Date('2023-06-30T12:00:00Z'),
            to: new Date('2023-06-30T14:00:00Z'),
          },
        },
      ]);
      const [{ count }] = await knex('analysis_results').count({ count: '*' });
      expect(Number(count)).toBe(9);
    });

    it('analyses some services and carries the others over with their own instant', async () => {
      const { analyse, get } = await start();
      await analyse({ asOf: AS_OF });
      await analyse({
        asOf: '2023-07-01T12:00:00Z',
        entityRefs: ['Component:default/checkout'],
      });
      const { items } = (await get('/services').expect(200)).body;
      expect(
        items.map((item: { title: string; asOf: string }) => [
          item.title,
          item.asOf,
        ]),
      ).toEqual([
        ['Checkout', '2023-07-01T12:00:00.000Z'],
        ['payment', AS_OF],
        ['silent', AS_OF],
      ]);
    });

    describe('when telemetry fails', () => {
      it.each([
        [
          'is down',
          (source: FakeTelemetrySource) => {
            source.failure = new Error("'fake' cannot be reached: refused");
          },
          "'fake' cannot be reached: refused",
          'failing',
        ],
        [
          'answers in part',
          (source: FakeTelemetrySource) => {
            source.warnings = ['store gateway 3 is missing'];
          },
          'store gateway 3 is missing',
          'partial',
        ],
      ])(
        'keeps what was published while the datasource %s, says so, and recovers by itself',
        async (_, breakIt, message, state) => {
          const source = aSource();
          const { counts } = source;
          const { analyse, get } = await start({ sources: [source] });
          await analyse({ asOf: AS_OF });
          const before = (await get('/services')).body;

          breakIt(source);
          const later = '2023-09-30T12:00:00.000Z';
          const failed = await analyse({ asOf: later });
          expect(failed).toMatchObject({
            status: 'failed',
            error: expect.stringContaining(message),
          });
          expect((await get('/services')).body).toEqual(before);
          const { datasource } = recommendationsResponseSchema.parse(
            (await get(`${CHECKOUT}/slo-recommendations`)).body,
          );
          expect(datasource).toMatchObject({
            state,
            message: expect.stringContaining(message),
            lastSuccessAt: expect.any(String),
          });

          source.failure = undefined;
          source.warnings = [];
          source.counts = counts;
          await expect(
            analyse({ asOf: '2023-12-30T12:00:00.000Z' }),
          ).resolves.toMatchObject({ status: 'completed' });
          const { datasources } = statusResponseSchema.parse(
            (await get('/status')).body,
          );
          expect(datasources[0]).toMatchObject({ state: 'ok', message: null });
        },
      );

      it('keeps the services of the failing datasource and moves the others on', async () => {
        const eu = aSource('eu');
        const us = aSource('us');
        const { analyse, get } = await start({
          sources: [eu, us],
          entities: [
            checkout,
            aComponent('payment', {
              annotations: { 'slo-recommender.io/datasource': 'us' },
            }),
            aComponent('lost', {
              annotations: { 'slo-recommender.io/datasource': 'mars' },
            }),
          ],
        });
        await analyse({ asOf: AS_OF });
        us.failure = new Error('us is down');
        const later = '2023-07-01T12:00:00.000Z';
        await expect(analyse({ asOf: later })).resolves.toMatchObject({
          status: 'completed',
        });
        const { items } = servicesResponseSchema.parse(
          (await get('/services')).body,
        );
        expect(items.map(({ title, asOf }) => [title, asOf])).toEqual([
          ['Checkout', later],
          ['lost', later],
          ['payment', AS_OF],
        ]);
        expect(items[1]).toMatchObject({
          verdict: 'insufficient',
          reasons: expect.arrayContaining([
            {
              code: 'unknown_datasource',
              message: expect.stringContaining("'mars'"),
            },
          ]),
        });
      });

      it('says that a datasource is empty where it has no data of now, and not where it has none of long ago', async () => {
        const source = aSource();
        const { analyse, get, knex } = await start({ sources: [source] });
        const state = async () =>
          statusResponseSchema.parse((await get('/status')).body)
            .datasources[0];
        await analyse();
        source.counts = () => undefined;

        await expect(analyse({ asOf: AS_OF })).resolves.toMatchObject({
          status: 'failed',
          error: expect.stringContaining(
            'has no data for any of its 3 services',
          ),
        });
        await expect(state()).resolves.toMatchObject({ state: 'ok' });

        await knex('sli_history').delete();
        const before = (await get('/services')).body;
        await expect(analyse()).resolves.toMatchObject({ status: 'failed' });
        expect((await get('/services')).body).toEqual(before);
        await expect(state()).resolves.toMatchObject({
          state: 'empty',
          message: expect.stringContaining('has no data for any of its 3'),
        });
      });

      it('keeps known counts when the source has lost them', async () => {
        const source = aSource();
        const { analyse, get, knex } = await start({ sources: [source] });
        await analyse({ asOf: AS_OF });
        const budget = async () =>
          (await get(`${CHECKOUT}/error-budget-breakdown?asOf=${AS_OF}`)).body;
        const before = await budget();
        source.counts = () => undefined;
        await knex('sli_history').update({ asked_hours: 0 });
        await analyse({ asOf: AS_OF });
        const after = await budget();
        expect(after.totalRequests).toBe(168_000);
        expect({ ...after, datasource: null }).toEqual({
          ...before,
          datasource: null,
        });
      });

      it('does not believe that regular services fall silent together, and catches up', async () => {
        const source = aSource();
        const { counts } = source;
        const { analyse, get } = await start({ sources: [source] });
        await analyse({ asOf: AS_OF });
        source.counts = (name, hourMs) =>
          hourMs < Date.parse(AS_OF) ? counts(name, hourMs) : undefined;
        await expect(
          analyse({ asOf: '2023-06-30T14:00:00Z' }),
        ).resolves.toMatchObject({
          status: 'failed',
          error: expect.stringContaining(
            'for any of 2 services that it had data of in each of the 24 hours before',
          ),
        });
        source.counts = counts;
        await analyse({ asOf: '2023-06-30T14:00:00Z' });
        const { items } = servicesResponseSchema.parse(
          (await get('/services')).body,
        );
        expect(items[0]).toMatchObject({
          asOf: '2023-06-30T14:00:00.000Z',
          requests: 168_000,
        });
      });

      it('does not store counts that cannot be', async () => {
        const source = aSource();
        const { counts } = source;
        source.counts = () => ({ total: -5, bad: 0 });
        const { analyse, get } = await start({ sources: [source] });
        await expect(analyse({ asOf: AS_OF })).resolves.toMatchObject({
          status: 'failed',
          error: expect.stringContaining('counts that cannot be'),
        });
        source.counts = counts;
        await analyse({ asOf: AS_OF });
        const { items } = servicesResponseSchema.parse(
          (await get('/services')).body,
        );
        expect(items[0]).toMatchObject({ verdict: 'ok', achieved: 0.999 });
      });

      it('keeps everything where the one datasource is down and a service names another', async () => {
        const source = aSource();
        const lost = aComponent('lost', {
          annotations: { 'slo-recommender.io/datasource': 'mars' },
        });
        const { analyse, get } = await start({
          sources: [source],
          entities: [checkout, lost],
        });
        await analyse({ asOf: AS_OF });
        const before = (await get('/services')).body;
        source.failure = new Error('down');
        await expect(
          analyse({ asOf: '2020-01-01T00:00:00Z' }),
        ).resolves.toMatchObject({ status: 'failed' });
        expect((await get('/services')).body).toEqual(before);
      });

      it('replaces no result by one whose telemetry is missing, whatever the instant', async () => {
        const source = aSource();
        const { analyse, get } = await start({ sources: [source] });
        await analyse({ asOf: AS_OF });
        source.failure = new Error('down');
        await analyse({ asOf: '2020-01-01T00:00:00Z' });
        const { items } = servicesResponseSchema.parse(
          (await get('/services')).body,
        );
        expect(items[0]).toMatchObject({ asOf: AS_OF, achieved: 0.999 });
      });

      it('says so where nothing was ever analysed', async () => {
        const source = aSource();
        source.failure = new Error('connection refused');
        const { analyse, get } = await start({ sources: [source] });
        await analyse();
        const summary = serviceSummarySchema.parse((await get(CHECKOUT)).body);
        expect(summary).toMatchObject({
          verdict: 'insufficient',
          asOf: null,
          reasons: [
            {
              code: 'telemetry_unavailable',
              message: expect.stringContaining('connection refused'),
            },
          ],
        });
      });
    });

    it('leaves the graph alone when only some services are analysed, and drops datasources that are gone', async () => {
      const source = aSource();
      source.observed = [
        {
          client: 'checkout',
          server: `${'x'.repeat(5_000)}\0`,
          connectionType: 'request',
          calls: 10,
          failedCalls: 0,
          firstSeenAt: new Date('2023-06-30T00:00:00Z'),
          lastSeenAt: new Date('2023-06-30T00:00:00Z'),
        },
      ];
      const { analyse, get, knex, stop } = await start({ sources: [source] });
      await analyse({ asOf: AS_OF });
      const observed = async (reader: { get: typeof get }) =>
        dependenciesResponseSchema
          .parse((await reader.get(`${CHECKOUT}/dependencies`)).body)
          .edges.filter(edge => edge.observed).length;
      await expect(observed({ get })).resolves.toBe(1);
      source.observed = [];
      await analyse({
        asOf: '2020-01-01T00:00:00Z',
        entityRefs: ['component:default/silent'],
      });
      await expect(observed({ get })).resolves.toBe(1);
      await stop();

      const renamed = await start({ sources: [aSource('renamed')] }, knex);
      await renamed.analyse({ asOf: AS_OF });
      await expect(observed(renamed)).resolves.toBe(0);
    });

    it('publishes nothing where the catalog has no service', async () => {
      const { analyse } = await start({ entities: [] });
      await expect(analyse()).resolves.toMatchObject({
        status: 'failed',
        error: expect.stringContaining('The catalog has no opted-in service'),
      });
    });

    it('starts and says what is wrong where the configuration is malformed', async () => {
      const { get } = await start({
        config: { objectiveWindow: '36h', datasources: [{ type: 'fake' }] },
      });
      const status = statusResponseSchema.parse((await get('/status')).body);
      expect(status.objectiveWindow).toBe('P28D');
      expect(status.configurationIssues).toEqual([
        expect.stringContaining('sloRecommender.objectiveWindow'),
      ]);
      expect(status.datasources).toEqual([
        expect.objectContaining({
          id: 'datasources[0]',
          state: 'failing',
          message: expect.stringContaining(
            'sloRecommender.datasources[0].id must be a name',
          ),
        }),
      ]);
    });

    it('runs one analysis at a time over two replicas, and none is lost', async () => {
      const knex = await openTestDatabase(databases, databaseId);
      const first = await start({}, knex);
      const second = await start({}, knex);
      const finished = await Promise.all([
        first.analyse({ asOf: AS_OF }),
        second.analyse({ asOf: AS_OF }),
        first.analyse({ asOf: '2023-07-01T12:00:00Z' }),
        second.analyse({ asOf: '2023-07-01T12:00:00Z' }),
      ]);
      expect(finished.map(({ status }) => status)).toEqual(
        Array(4).fill('completed'),
      );
      const times = finished
        .map(({ startedAt, finishedAt }) => [startedAt!, finishedAt!])
        .sort();
      for (let i = 1; i < times.length; i++) {
        expect(times[i][0] >= times[i - 1][1]).toBe(true);
      }
      const duplicates = await knex('sli_history')
        .select('entity_ref', 'day')
        .groupBy('entity_ref', 'day')
        .having(knex.raw('count(*) > 1'));
      expect(duplicates).toEqual([]);
      const { items } = servicesResponseSchema.parse(
        (await second.get('/services')).body,
      );
      expect(new Set(items.map(({ asOf }) => asOf)).size).toBe(1);
    });

    it('takes up an analysis that was cut off by a shutdown', async () => {
      const knex = await openTestDatabase(databases, databaseId);
      const source = aSource();
      let open = () => {};
      source.gate = new Promise(resolve => {
        open = resolve;
      });
      const first = await start({ sources: [source] }, knex);
      const { body } = await first.post('/analyze', { asOf: AS_OF });
      const status = async () =>
        (await first.get(`/analyze/${body.id}`)).body.status;
      while ((await status()) !== 'running') await setTimeout(20);
      const stopped = first.stop();
      open();
      await stopped;

      const second = await start({}, knex);
      await second.analyse({ asOf: '2023-07-01T12:00:00Z' });
      const taken = await second.get(`/analyze/${body.id}`).expect(200);
      expect(taken.body.status).toBe('completed');
    });

    it.each([
      ['get', '/services?limit=0', 'limit'],
      ['get', '/services?limit=ten', 'limit'],
      ['get', '/services?nonsense=1', 'nonsense'],
      ['get', '/services?orderBy=drop', 'orderBy'],
      ['get', '/services?cursor=x', 'cursor'],
      ['get', `${CHECKOUT}/error-budget-breakdown?objective=99.9`, 'objective'],
      ['get', `${CHECKOUT}/error-budget-breakdown?asOf=yesterday`, 'asOf'],
      ['get', '/services?text=%00', 'NUL'],
      ['get', '/analyze/%00', 'NUL'],
      ['get', `${CHECKOUT}/dependencies?depth=0`, 'depth'],
      ['get', `${CHECKOUT}/slo-recommendations?sliType=colour`, 'sliType'],
    ])('answers 400 to %s %s and names %s', async (_, path, named) => {
      const { get } = await start();
      const { body } = await get(path).expect(400);
      expect(body.error).toMatchObject({
        name: 'InputError',
        message: expect.stringContaining(named),
      });
    });

    it.each([
      [{ asOf: 'now' }, 'asOf'],
      [{ asOf: '2990-01-01T00:00:00Z' }, 'in the future'],
      [{ asOf: '1970-01-01T00:00:00Z' }, 'from the year 2000 on'],
      [{ entityRefs: [] }, 'entityRefs'],
      [
        { entityRefs: ['component:default/nobody'] },
        'component:default/nobody',
      ],
      [{ entityRefs: ['::'] }, '::'],
      [{ force: true }, 'force'],
    ])('answers 400 to an order of %j', async (order, named) => {
      const { post } = await start();
      const { body } = await post('/analyze', order).expect(400);
      expect(body.error.message).toContain(named);
    });

    it('answers 400 to a body that is not JSON', async () => {
      const { post } = await start();
      const { body, status } = await post('/analyze', {})
        .set('Content-Type', 'text/plain')
        .send('asOf=now');
      expect(status).toBe(400);
      expect(body.error.message).toContain('must be JSON');
    });

    it('says that it knows nothing of an instant without counts', async () => {
      const { analyse, get } = await start();
      await analyse({ asOf: AS_OF });
      const { body } = await get(
        `${CHECKOUT}/error-budget-breakdown?asOf=2010-01-01T00:00:00Z`,
      );
      expect(body).toMatchObject({
        verdict: 'insufficient',
        totalRequests: null,
        remaining: null,
        completeness: 0,
      });
      for (const [asOf, message] of [
        ['1970-01-01T00:00:00Z', 'from the year 2000 on'],
        ['2990-01-01T00:00:00Z', 'in the future'],
      ]) {
        const refused = await get(
          `${CHECKOUT}/error-budget-breakdown?asOf=${asOf}`,
        );
        expect(refused.status).toBe(400);
        expect(refused.body.error.message).toContain(message);
      }
    });

    it('answers 404 where there is nothing, and 401 to nobody', async () => {
      const { get } = await start();
      const status = async (path: string) => (await get(path)).status;
      await expect(status('/services/component/default/nobody')).resolves.toBe(
        404,
      );
      await expect(status('/analyze/unknown')).resolves.toBe(404);
      const nobody = await get('/services').set(
        'Authorization',
        mockCredentials.none.header(),
      );
      expect(nobody.status).toBe(401);
    });

    it('describes every route in its OpenAPI document', async () => {
      const { get } = await start();
      const { body } = await get('/openapi.json').expect(200);
      expect(Object.keys(body.paths).sort()).toEqual([
        '/v1/analyze',
        '/v1/analyze/{id}',
        '/v1/services',
        '/v1/services/{kind}/{namespace}/{name}',
        '/v1/services/{kind}/{namespace}/{name}/dependencies',
        '/v1/services/{kind}/{namespace}/{name}/error-budget-breakdown',
        '/v1/services/{kind}/{namespace}/{name}/slo-recommendations',
        '/v1/status',
      ]);
      expect(
        body.paths['/v1/analyze'].post.responses['202'].content[
          'application/json'
        ].schema,
      ).toMatchObject({ properties: { id: { type: 'string' } } });
    });

    it('shows a reader only the entities that the catalog shows to that reader', async () => {
      const visible = catalogServiceMock({ entities: [checkout] });
      const all = catalogServiceMock({ entities: [checkout, payment, silent] });
      const { analyse, get } = await start({
        catalog: catalogServiceMock.mock({
          streamEntities: (request, options) =>
            all.streamEntities(request, options),
          getEntitiesByRefs: async (request, options) =>
            options &&
            'credentials' in options &&
            JSON.stringify(options.credentials.principal).includes('"user"')
              ? visible.getEntitiesByRefs(request)
              : all.getEntitiesByRefs(request),
        }).factory,
        overrides: [
          mockServices.permissions.mock({
            authorize: async () => [{ result: AuthorizeResult.ALLOW }],
            authorizeConditional: async () => [
              {
                result: AuthorizeResult.CONDITIONAL,
                pluginId: 'catalog',
                resourceType: 'catalog-entity',
                conditions: {
                  rule: 'IS_ENTITY_OWNER',
                  resourceType: 'catalog-entity',
                  params: {},
                },
              },
            ],
          }).factory,
        ],
      });
      await analyse({ asOf: AS_OF });
      const { items, totalItems } = servicesResponseSchema.parse(
        (await get('/services')).body,
      );
      expect(items.map(({ title }) => title)).toEqual(['Checkout']);
      expect(totalItems).toBe(1);
      const { nodes, edges, hiddenNodes } = dependenciesResponseSchema.parse(
        (await get(`${CHECKOUT}/dependencies`)).body,
      );
      expect(nodes).toHaveLength(1);
      expect(edges).toEqual([]);
      expect(hiddenNodes).toBe(1);
      for (const path of [
        '',
        '/slo-recommendations',
        '/error-budget-breakdown',
        '/dependencies',
      ]) {
        await get(`/services/component/default/payment${path}`).expect(404);
      }
    });

    it('refuses an analysis to those who lack the permission', async () => {
      const { post } = await start({
        overrides: [
          mockServices.permissions.mock({
            authorize: async () => [{ result: AuthorizeResult.DENY }],
          }).factory,
        ],
      });
      const { status } = await post('/analyze', {});
      expect(status).toBe(403);
    });
  },
);
