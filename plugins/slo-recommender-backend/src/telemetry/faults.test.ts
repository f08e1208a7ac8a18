import {
  recommendationsResponseSchema,
  servicesResponseSchema,
  serviceSummarySchema,
  statusResponseSchema,
} from 'backstage-plugin-slo-recommender-common';
import { aComponent } from '../__testUtils__/entities';
import type { FakeTelemetrySource } from '../__testUtils__/FakeTelemetrySource';
import {
  AS_OF,
  CHECKOUT,
  aSource,
  checkout,
  describeOnDatabases,
} from '../__testUtils__/shop';
import { HOUR_MS } from '../kernel/time/hours';

jest.setTimeout(120_000);

describeOnDatabases('telemetry that fails', ({ start }) => {
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
      reasons: [
        {
          code: 'unknown_datasource',
          message: expect.stringContaining("'mars'"),
        },
      ],
    });
  });

  it('says that a datasource is empty where it has no data of now, and not where it has none of long ago', async () => {
    const source = aSource();
    const { analyse, get, knex } = await start({ sources: [source] });
    const state = async () =>
      statusResponseSchema.parse((await get('/status')).body).datasources[0];
    await analyse();
    source.counts = () => undefined;

    await expect(analyse({ asOf: AS_OF })).resolves.toMatchObject({
      status: 'failed',
      error: expect.stringContaining('has no data for any of its 3 services'),
    });
    await expect(state()).resolves.toMatchObject({ state: 'ok' });

    await knex('hourly_history').delete();
    const before = (await get('/services')).body;
    await expect(analyse()).resolves.toMatchObject({ status: 'failed' });
    expect((await get('/services')).body).toEqual(before);
    await expect(state()).resolves.toMatchObject({
      state: 'empty',
      message: expect.stringContaining('has no data for any of its 3'),
    });
  });

  it('keeps what was published where the datasource fails and all its silent hours were asked for before', async () => {
    const source = aSource();
    const { counts } = source;
    const { analyse, get } = await start({ sources: [source] });
    source.counts = () => undefined;
    await analyse();
    source.counts = counts;
    await analyse({ asOf: AS_OF });
    const before = (await get('/services')).body;
    source.failure = new Error('connection refused');
    await expect(analyse()).resolves.toMatchObject({
      status: 'failed',
      error: expect.stringContaining('connection refused'),
    });
    expect((await get('/services')).body).toEqual(before);
  });

  it('says that a datasource knows nothing from the first analysis on', async () => {
    const source = aSource();
    source.counts = () => undefined;
    const { analyse, get } = await start({ sources: [source] });
    await expect(analyse()).resolves.toMatchObject({ status: 'completed' });
    const { datasources } = statusResponseSchema.parse(
      (await get('/status')).body,
    );
    expect(datasources[0]).toMatchObject({ state: 'empty' });
  });

  it('keeps known counts when the source has lost them', async () => {
    const source = aSource();
    const { analyse, get, knex } = await start({ sources: [source] });
    await analyse({ asOf: AS_OF });
    const budget = async () =>
      (await get(`${CHECKOUT}/error-budget-breakdown?asOf=${AS_OF}`)).body;
    const before = await budget();
    source.counts = () => undefined;
    await knex('hourly_history').update({ asked_hours: 0 });
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

  it.each([
    ['negative', () => ({ total: -1_000, bad: 0 })],
    ['infinite', () => ({ total: Infinity, bad: 0 })],
    ['fewer than failed', () => ({ total: 10, bad: 1_000 })],
  ])(
    'takes no recommendation away where half of the counts are %s, and recovers',
    async (_, impossible) => {
      const source = aSource();
      const { counts } = source;
      const { analyse, get, knex } = await start({ sources: [source] });
      await analyse({ asOf: AS_OF });
      const read = async () => {
        const { items } = servicesResponseSchema.parse(
          (await get('/services')).body,
        );
        return items[0];
      };
      const before = await read();
      expect(before.recommendedObjective).not.toBeNull();

      source.counts = (name, hourMs) => {
        const counted = counts(name, hourMs);
        return counted && (hourMs / HOUR_MS) % 2 ? impossible() : counted;
      };
      const later = '2023-07-02T12:00:00.000Z';
      await expect(analyse({ asOf: later })).resolves.toMatchObject({
        status: 'completed',
      });
      const meanwhile = await read();
      expect(meanwhile).toMatchObject({ asOf: later, verdict: 'degraded' });
      expect(meanwhile.recommendedObjective).toBe(before.recommendedObjective);
      expect(meanwhile.achieved).toBeCloseTo(0.999, 6);

      source.counts = counts;
      // long ago as they are, these hours would be asked for again in six hours only
      await knex('hourly_history').update({ asked_hours: 0 });
      await analyse({ asOf: '2023-07-02T13:00:00.000Z' });
      await expect(read()).resolves.toMatchObject({
        achieved: 0.999,
        requests: 168_000,
      });
    },
  );

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

  it.each(['hourly_history', 'data_quality', 'fetched_calls'])(
    'does not blame the datasource if %s cannot be written, and shows no SQL',
    async table => {
      const { analyse, get, knex } = await start();
      await knex.schema.renameTable(table, `${table}_full`);
      const failed = await analyse({ asOf: AS_OF });
      await knex.schema.renameTable(`${table}_full`, table);
      expect(failed).toMatchObject({
        status: 'failed',
        error: expect.stringMatching(/^An unexpected fault, described in/),
      });
      const { datasources } = statusResponseSchema.parse(
        (await get('/status')).body,
      );
      expect(datasources).toEqual([
        expect.objectContaining({ state: 'unknown', message: null }),
      ]);
      await expect(analyse({ asOf: AS_OF })).resolves.toMatchObject({
        status: 'completed',
      });
    },
  );
});
