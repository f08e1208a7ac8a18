import { setTimeout } from 'timers/promises';
import {
  dependenciesResponseSchema,
  servicesResponseSchema,
  statusResponseSchema,
} from 'backstage-plugin-slo-recommender-common';
import { CatalogSync } from '../catalog/CatalogSync';
import {
  AS_OF,
  CHECKOUT,
  aSource,
  describeOnDatabases,
} from '../__testUtils__/shop';

jest.setTimeout(120_000);

describeOnDatabases('analyses', ({ start, createDatabase }) => {
  it('reads the catalog and analyses by itself', async () => {
    const { get } = await start({ scheduled: true });
    let items: { verdict: string; asOf: string | null }[] = [];
    for (let tries = 0; tries < 200 && !items[0]?.asOf; tries++) {
      await setTimeout(100);
      items = servicesResponseSchema.parse((await get('/services')).body).items;
    }
    expect(items).toHaveLength(3);
    expect(items[0]).toMatchObject({
      verdict: 'ok',
      asOf: expect.any(String),
    });
  });

  it('fetches nothing twice, and writes the same rows when run again', async () => {
    const { analyse, sources, knex } = await start();
    await analyse({ asOf: AS_OF });
    const rows = await knex('hourly_history').orderBy(['entity_ref', 'day']);
    const asked = sources[0].asked.length;
    expect(asked).toBeGreaterThan(0);

    await analyse({ asOf: AS_OF });
    expect(sources[0].asked).toHaveLength(asked);
    await expect(
      knex('hourly_history').orderBy(['entity_ref', 'day']),
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
    // of the newest two analyses
    const [{ count }] = await knex('analysis_results').count({ count: '*' });
    expect(Number(count)).toBe(6);
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
        latency: null,
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
    const knex = await createDatabase();
    const first = await start({}, knex);
    const second = await start({}, knex);
    const finished = await Promise.all([
      first.analyse({ asOf: AS_OF }),
      second.analyse({ asOf: '2023-07-01T12:00:00Z' }),
      first.analyse({ asOf: '2023-07-02T12:00:00Z' }),
      second.analyse({ asOf: '2023-07-03T12:00:00Z' }),
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
    const duplicates = await knex('hourly_history')
      .select('entity_ref', 'day')
      .groupBy('entity_ref', 'day')
      .having(knex.raw('count(*) > 1'));
    expect(duplicates).toEqual([]);
    const { items } = servicesResponseSchema.parse(
      (await second.get('/services')).body,
    );
    expect(new Set(items.map(({ asOf }) => asOf)).size).toBe(1);
  });

  it('refuses more orders of one caller than may wait, and says when to ask again', async () => {
    const source = aSource();
    let open = () => {};
    source.gate = new Promise(resolve => {
      open = resolve;
    });
    const { client, get, post } = await start({ sources: [source] });
    const order = (hour: number) =>
      post('/analyze', {
        asOf: new Date(Date.parse(AS_OF) + hour * 3_600_000),
      });
    const statuses: number[] = [];
    for (let hour = 0; hour < 12; hour++) {
      statuses.push((await order(hour)).status);
    }
    const accepted = statuses.filter(status => status === 202).length;
    // one may have left the queue to run
    expect([10, 11]).toContain(accepted);
    const refused = await order(300);
    expect(refused.status).toBe(429);
    expect(refused.headers['retry-after']).toBe('60');
    expect(refused.body.error).toMatchObject({
      name: 'TooManyRequestsError',
      message: expect.stringContaining('Ask again once they have run'),
    });
    await expect(client().analyze({})).rejects.toMatchObject({
      statusCode: 429,
    });
    const { body } = await get('/openapi.json');
    expect(
      body.paths['/v1/analyze'].post.responses['429'].headers,
    ).toHaveProperty('Retry-After');
    open();
  });

  it('does not read the catalog for a name that it does not know', async () => {
    const { analyse, post } = await start();
    await analyse({ asOf: AS_OF });
    const run = jest.spyOn(CatalogSync.prototype, 'run');
    await post('/analyze', { entityRefs: ['component:default/nobody'] }).expect(
      400,
    );
    expect(run).not.toHaveBeenCalled();
    run.mockRestore();
  });

  it('takes up an analysis that was cut off by a shutdown', async () => {
    const knex = await createDatabase();
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

  it('publishes nothing as of the future, also of results that are carried over', async () => {
    const { analyse, get, knex } = await start();
    await analyse({ asOf: AS_OF });
    await knex('analysis_results').update({
      as_of: '2199-01-01T00:00:00.000Z',
    });
    await analyse({ entityRefs: ['component:default/checkout'] });
    const { items } = servicesResponseSchema.parse(
      (await get('/services')).body,
    );
    expect(items).toHaveLength(3);
    for (const { asOf } of items) {
      expect(Date.parse(asOf ?? '')).toBeLessThanOrEqual(Date.now());
    }
  });
});
