import { mockCredentials } from '@backstage/backend-test-utils';
import { AS_OF, CHECKOUT, describeOnDatabases } from '../__testUtils__/shop';
import { HOUR_MS } from '../kernel/time/hours';

jest.setTimeout(120_000);

const REF = 'component:default/checkout';
const NOW_MS = Date.now();
const fromNow = (hours: number) =>
  new Date(NOW_MS + hours * HOUR_MS).toISOString();

describeOnDatabases('events', ({ start }) => {
  async function startAnalysed() {
    const backend = await start();
    await backend.analyse({ asOf: AS_OF });
    return backend;
  }

  it('are told by CI and shown with who told them, the newest first', async () => {
    const { client } = await startAnalysed();
    const ci = client(mockCredentials.service.header());
    const at = fromNow(-2);
    const deploy = await ci.reportEvent(REF, {
      title: ' Checkout 4.2 ',
      version: '4.2',
      url: 'https://ci.example.com/runs/1?a=b#c',
      id: 'run-1',
      at,
    });
    expect(deploy).toEqual({
      id: 'run-1',
      type: 'deploy',
      at,
      title: 'Checkout 4.2',
      version: '4.2',
      url: 'https://ci.example.com/runs/1?a=b#c',
      toldBy: 'external:test-service',
    });
    const ada = client(mockCredentials.user.header('user:default/ada'));
    const incident = await ada.reportEvent('Component:Checkout', {
      type: 'incident',
      title: 'Queue full',
    });
    expect(incident).toMatchObject({
      type: 'incident',
      version: null,
      url: null,
      toldBy: 'user:default/ada',
    });
    await expect(client().getEvents(REF)).resolves.toEqual({
      entityRef: REF,
      events: [incident, deploy],
    });
    await expect(
      client().getEvents('component:default/payment'),
    ).resolves.toMatchObject({ events: [] });
  });

  it('are one event when told again: with an id, or with type, instant and title', async () => {
    const { client } = await startAnalysed();
    const at = fromNow(-5);
    const inBerlin = fromNow(-4).replace('Z', '+01:00');
    const told = [
      { id: 'run-1', title: 'Checkout 4.2' },
      { id: 'run-1', title: 'Checkout 4.2' },
      { title: 'Night', at },
      { title: 'Night', at: inBerlin },
      { title: 'Night', at, type: 'incident' as const },
    ];
    for (const event of told) await client().reportEvent(REF, event);
    const { events } = await client().getEvents(REF);
    expect(events.map(({ title, type }) => `${title} ${type}`).sort()).toEqual([
      'Checkout 4.2 deploy',
      'Night deploy',
      'Night incident',
    ]);
    await client().reportEvent(REF, { id: 'run-1', title: 'Rolled back' });
    const replaced = (await client().getEvents(REF)).events;
    expect(replaced.map(({ title }) => title)).toContain('Rolled back');
    expect(replaced).toHaveLength(3);
  });

  const useless: [object, string][] = [
    [{}, 'title'],
    [{ title: ' ' }, 'title'],
    [{ title: 'a\0b' }, 'NUL'],
    [{ title: 'a'.repeat(201) }, 'title'],
    [{ title: 'a\u202eb' }, 'direction of text'],
    [{ title: 'a\u001bb' }, 'control characters'],
    [{ title: '\u200b' }, 'something to read'],
    [{ title: 'a', url: 'https://user:word@a/' }, 'password'],
    [{ title: 'a', version: '1\0' }, 'NUL'],
    [{ title: 'a', version: 'v'.repeat(101) }, 'version'],
    [{ title: 'a', type: 'party' }, 'type'],
    [{ title: 'a', id: 'a b' }, 'id'],
    [{ title: 'a', id: 'a'.repeat(101) }, 'id'],
    [{ title: 'a', url: 'file:///etc/passwd' }, 'url'],
    [{ title: 'a', url: 'https://a/\0' }, 'NUL'],
    [{ title: 'a', url: `https://a/${'a'.repeat(1_000)}` }, 'url'],
    [{ title: 'a', at: 'yesterday' }, 'at'],
    [{ title: 'a', at: 0 }, 'at'],
    [{ title: 'a', at: fromNow(25) }, 'more than a day ahead'],
    [{ title: 'a', at: '9999-12-31T23:59:59-23:59' }, 'years 1970 to 2999'],
    [{ title: 'a', at: '2999-12-31T23:59:59Z' }, 'more than a day ahead'],
    [{ title: 'a', at: '2023-06-30T12:00:00Z' }, 'is kept'],
    [{ title: 'a', at: '0000-01-01T00:00:00Z' }, 'years 1970 to 2999'],
    [{ title: 'a', at: '1970-01-01T00:00:00Z' }, 'is kept'],
    [{ title: 'a', toldBy: 'user:default/eve' }, 'toldBy'],
    [{ title: 'a', constructor: 1 }, 'constructor'],
  ];
  it('are refused as a whole where a field cannot be used, which is named', async () => {
    const { post, knex } = await startAnalysed();
    for (const [event, named] of useless) {
      const { body } = await post(`${CHECKOUT}/events`, event);
      expect([event, body]).toEqual([
        event,
        {
          error: expect.objectContaining({
            name: 'InputError',
            message: expect.stringContaining(named),
          }),
          request: expect.anything(),
          response: { statusCode: 400 },
        },
      ]);
    }
    await expect(knex('service_events')).resolves.toEqual([]);
  });

  it('may lie a day ahead, and as far back as anything is kept', async () => {
    const { client } = await startAnalysed();
    for (const hours of [23, -24 * 427]) {
      const at = fromNow(hours);
      await expect(
        client().reportEvent(REF, { title: 'a', at }),
      ).resolves.toMatchObject({ at });
    }
  });

  it('keeps odd characters as they are', async () => {
    const { client } = await startAnalysed();
    const title = '“Ünï” 𝒽 <b>&amp;</b> %s $1 \' " \\ ; drop table';
    await expect(
      client().reportEvent(REF, { title, version: '💥' }),
    ).resolves.toMatchObject({ title, version: '💥' });
    await expect(client().getEvents(REF)).resolves.toMatchObject({
      events: [{ title }],
    });
  });

  it('shows the newest 500', async () => {
    const { client, knex } = await startAnalysed();
    const rows = Array.from({ length: 501 }, (_, index) => ({
      entity_ref: REF,
      id: `run-${index}`,
      type: 'deploy',
      at: new Date(Date.parse(AS_OF) + index).toISOString(),
      title: 'a',
      told_by: 'external:ci',
      told_at: AS_OF,
    }));
    await knex.batchInsert('service_events', rows, 50);
    const { events } = await client().getEvents(REF);
    expect(events).toHaveLength(500);
    expect(events[0].id).toBe('run-500');
    expect(events[499].id).toBe('run-1');
  });

  it('answers 404 for services that are not there, and 401 to nobody', async () => {
    const { post } = await startAnalysed();
    const event = { title: 'a' };
    for (const name of ['nobody', 'a'.repeat(3_000)]) {
      const path = `/services/component/default/${name}/events`;
      const { body } = await post(path, event).expect(404);
      expect(body.error.name).toBe('NotFoundError');
    }
    await post(`${CHECKOUT}/events`, event)
      .set('Authorization', mockCredentials.none.header())
      .expect(401);
  });
});
