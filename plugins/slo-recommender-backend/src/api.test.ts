import { mockCredentials } from '@backstage/backend-test-utils';
import {
  dependenciesResponseSchema,
  errorBudgetResponseSchema,
  recommendationsResponseSchema,
  servicesResponseSchema,
} from 'backstage-plugin-slo-recommender-common';
import {
  AS_OF,
  CHECKOUT,
  aSource,
  describeOnDatabases,
} from './__testUtils__/shop';
import { bumpGraphVersionIfCatalogChanged } from './dependencies/store/graphVersion';

jest.setTimeout(120_000);

describeOnDatabases('the API', ({ start }) => {
  it('sends a list anew after an analysis and after a change of the catalog', async () => {
    const { analyse, get, knex } = await start();
    const list = async (etag = '') =>
      get('/services?orderBy=title').set('If-None-Match', etag);
    await analyse({ asOf: AS_OF });
    const first = await list();
    expect((await list(first.headers.etag)).status).toBe(304);
    const filtered = await get('/services?text=pay').set(
      'If-None-Match',
      first.headers.etag,
    );
    expect(filtered.body.totalItems).toBe(1);

    await analyse();
    const second = await list(first.headers.etag);
    expect(second.status).toBe(200);
    expect(second.body.items[0].asOf).not.toBe(first.body.items[0].asOf);

    await knex.transaction(async tx => {
      await tx('entities')
        .where({ title: 'Checkout' })
        .update({ title: 'Till' });
      await bumpGraphVersionIfCatalogChanged(tx, new Date());
    });
    const third = await list(second.headers.etag);
    expect(third.status).toBe(200);
    expect(third.body.items[0].title).toBe('Till');
  });

  it('sends a recommendation anew only after the next analysis', async () => {
    const { analyse, get } = await start();
    await analyse({ asOf: AS_OF });
    const path = `${CHECKOUT}/slo-recommendations`;
    const first = await get(path).expect(200);
    const { etag } = first.headers;
    expect(first.headers).toMatchObject({
      'cache-control': 'private, no-cache',
      'content-type': expect.stringContaining('application/json'),
    });
    const same = await get(path).set('If-None-Match', etag).expect(304);
    expect(same.text).toBe('');
    const latency = await get(`${path}?sliType=latency`)
      .set('If-None-Match', etag)
      .expect(200);
    expect(latency.body.recommendations).toEqual([]);

    const { id } = await analyse({ asOf: AS_OF });
    const next = await get(path).set('If-None-Match', etag).expect(200);
    expect(next.body.analysisId).toBe(id);
    expect(next.headers.etag).not.toBe(etag);
  });

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
    expect(availability.curve.filter(({ rung }) => rung)).toHaveLength(12);
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
      failureDefinition: 'requests that a test says failed',
      findings: [],
      simulated: false,
    });
    const latency = await get(
      `${CHECKOUT}/slo-recommendations?sliType=latency`,
    ).expect(200);
    expect(latency.body.recommendations).toEqual([]);
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
        latency: null,
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
    [{ entityRefs: ['component:default/nobody'] }, 'component:default/nobody'],
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
      '/v1/fleet/aliases',
      '/v1/fleet/calibration',
      '/v1/fleet/cycles',
      '/v1/fleet/cycles/{id}',
      '/v1/fleet/cycles/{id}/acknowledgement',
      '/v1/fleet/dangling-references',
      '/v1/fleet/divergence',
      '/v1/fleet/observed-dependencies',
      '/v1/fleet/undeclared-services',
      '/v1/services',
      '/v1/services/dependencies',
      '/v1/services/{kind}/{namespace}/{name}',
      '/v1/services/{kind}/{namespace}/{name}/dependencies',
      '/v1/services/{kind}/{namespace}/{name}/divergence',
      '/v1/services/{kind}/{namespace}/{name}/error-budget-breakdown',
      '/v1/services/{kind}/{namespace}/{name}/events',
      '/v1/services/{kind}/{namespace}/{name}/exclusions',
      '/v1/services/{kind}/{namespace}/{name}/exclusions/{id}/withdrawal',
      '/v1/services/{kind}/{namespace}/{name}/slo-recommendations',
      '/v1/status',
    ]);
    expect(
      body.paths['/v1/analyze'].post.responses['202'].content[
        'application/json'
      ].schema,
    ).toMatchObject({ properties: { id: { type: 'string' } } });
  });
});
