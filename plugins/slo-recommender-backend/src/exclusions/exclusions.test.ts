import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AS_OF, CHECKOUT, describeOnDatabases } from '../__testUtils__/shop';
import { HOUR_MS } from '../kernel/time/hours';
import { AVAILABILITY_COUNTS, HourlyHistoryStore } from '../telemetry';

jest.setTimeout(120_000);

const REF = 'component:default/checkout';
const THIS_HOUR_MS = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;

/** So long after the last full hour. */
const at = (hours: number, minutes = 0) =>
  new Date(THIS_HOUR_MS + hours * HOUR_MS + minutes * 60_000).toISOString();

/** The same as refusals say it. */
const saidHour = (hours: number) =>
  at(hours).replace('T', ' ').replace(':00.000Z', ' UTC');

const ADA = mockCredentials.user.header('user:default/ada');
const BOB = mockCredentials.user.header('user:default/bob');

// the shop has windows of 7 days, of which 10 % may be left out: 16 hours
describeOnDatabases('exclusions', ({ start }) => {
  async function startAnalysed(options: Parameters<typeof start>[0] = {}) {
    const backend = await start(options);
    await backend.analyse({ asOf: AS_OF });
    return backend;
  }

  it('leave full hours out, in the name of who asks', async () => {
    const { client } = await startAnalysed();
    const exclusion = await client(ADA).exclude(REF, {
      from: at(-5, 40),
      to: at(-3, 10),
      reason: ' Data centre moved ',
    });
    expect(exclusion).toEqual({
      id: expect.any(String),
      from: at(-5),
      to: at(-2),
      reason: 'Data centre moved',
      owner: 'user:default/ada',
      createdAt: expect.any(String),
      withdrawn: null,
    });
    const later = await client(mockCredentials.service.header()).exclude(REF, {
      from: at(24),
      to: at(25),
      reason: 'Planned',
    });
    expect(later.owner).toBe('external:test-service');
    await expect(client().getExclusions(REF)).resolves.toEqual({
      entityRef: REF,
      exclusions: [later, exclusion],
      cap: 0.1,
    });
  });

  it('are taken back once, and stay in the list with who did it', async () => {
    const { client } = await startAnalysed();
    const { id } = await client(ADA).exclude(REF, {
      from: at(-5),
      to: at(-3),
      reason: 'moved',
    });
    const withdrawn = await client(BOB).withdrawExclusion(REF, id);
    expect(withdrawn).toMatchObject({
      id,
      owner: 'user:default/ada',
      withdrawn: { by: 'user:default/bob', at: expect.any(String) },
    });
    await expect(client(ADA).withdrawExclusion(REF, id)).rejects.toMatchObject({
      cause: {
        name: 'ConflictError',
        message: expect.stringContaining('user:default/bob'),
      },
    });
    await expect(client().getExclusions(REF)).resolves.toMatchObject({
      exclusions: [withdrawn],
    });
    await expect(
      client().withdrawExclusion('component:default/payment', id),
    ).rejects.toMatchObject({ cause: { name: 'NotFoundError' } });
    await expect(
      client().withdrawExclusion(REF, 'a'.repeat(5_000)),
    ).rejects.toMatchObject({ cause: { name: 'NotFoundError' } });
  });

  it('are refused beyond the cap, which names what is left out already', async () => {
    const { client } = await startAnalysed();
    const exclude = (from: number, to: number) =>
      client().exclude(REF, { from: at(from), to: at(to), reason: 'moved' });
    const { id } = await exclude(-20, -8);
    await expect(exclude(-5, 0)).rejects.toMatchObject({
      cause: {
        name: 'InputError',
        message: expect.stringMatching(
          /At most 16 h of a window of 7 days may be left out: 10 %.* 12 h are left out already, and this is 5 h: with it, 10.2 % of its hours would be/,
        ),
      },
    });
    await exclude(-4, 0);
    await exclude(-190, -180);
    await client().withdrawExclusion(REF, id);
    await exclude(-8, -4);
    const { exclusions } = await client().getExclusions(REF);
    expect(exclusions).toHaveLength(4);
  });

  it('are refused beyond the cap of the requests, where telemetry has told how many there were', async () => {
    const { client, knex } = await startAnalysed();
    const hours = 28 * 24;
    const total = new Float64Array(hours);
    // 1,000 requests in the first hour of each 24, and none in the others
    for (let hour = 0; hour < hours; hour += 24) total[hour] = 1_000;
    await new HourlyHistoryStore(knex).write(
      AVAILABILITY_COUNTS,
      { from: new Date(at(-hours)), to: new Date(at(0)) },
      [
        {
          entityRef: REF,
          sourceKey: 'told',
          values: {
            total,
            bad: new Float64Array(hours),
            evidence: 'span-metrics',
          },
        },
      ],
      new Date(),
    );
    const exclude = (from: number, to: number) =>
      client().exclude(REF, { from: at(from), to: at(to), reason: 'moved' });
    await expect(exclude(-48, -46)).rejects.toMatchObject({
      cause: {
        name: 'InputError',
        message: expect.stringMatching(
          /10 % of its hours, and of its requests.* 0 h are left out already, and this is 2 h: with it, 1.2 % of its hours and 14.3 % of its requests would be\. Exclude less/,
        ),
      },
    });
    await exclude(-47, -40);
    await exclude(24, 30);
  });

  it('leave out something that counts: what is left out already is refused, partly new hours are not', async () => {
    const { client } = await startAnalysed();
    const exclude = (from: number, to: number) =>
      client().exclude(REF, { from: at(from), to: at(to), reason: 'moved' });
    const attempts = await Promise.allSettled(
      Array.from({ length: 8 }, () => exclude(-5, -3)),
    );
    const { exclusions } = await client().getExclusions(REF);
    expect(exclusions).toHaveLength(1);
    const [{ id }] = exclusions;
    expect(attempts.filter(({ status }) => status === 'rejected')).toHaveLength(
      7,
    );
    await exclude(-4, -1);
    await expect(exclude(-5, -1)).rejects.toMatchObject({
      cause: {
        name: 'ConflictError',
        message: expect.stringMatching(
          new RegExp(
            `^Every hour from ${saidHour(-5)} to ${saidHour(-1)} is left out already, by '${id}' \\(${saidHour(-5)} to ${saidHour(-3)}\\), '.*withdraw`,
          ),
        ),
      },
    });
    await client().withdrawExclusion(REF, id);
    await exclude(-5, -1);
  });

  it('are as many as the configuration allows', async () => {
    const { client } = await startAnalysed({
      config: { exclusions: { cap: 0.5 } },
    });
    await client().exclude(REF, { from: at(-84), to: at(0), reason: 'moved' });
    await expect(client().getExclusions(REF)).resolves.toMatchObject({
      cap: 0.5,
    });
  });

  const valid = { from: at(-2), to: at(-1), reason: 'moved' };
  const useless: [object, string][] = [
    [{}, 'from'],
    [{ ...valid, reason: 'no' }, 'reason'],
    [{ ...valid, reason: '    ' }, 'reason'],
    [{ ...valid, reason: 'a\0bc' }, 'NUL'],
    [{ ...valid, reason: 'moved \ud83d' }, 'halves of surrogate pairs'],
    [{ ...valid, reason: 'a'.repeat(501) }, 'reason'],
    [{ ...valid, from: at(-1) }, 'not before to'],
    [{ ...valid, from: at(0) }, 'not before to'],
    [{ ...valid, from: 'noon' }, 'from'],
    [{ ...valid, from: at(200), to: at(201) }, 'more than 7 days ahead'],
    [{ ...valid, to: '9999-12-31T23:59:59-23:59' }, 'to: must be an instant'],
    [{ ...valid, from: '0000-01-01T00:00:00Z' }, 'from: must be an instant'],
    [{ ...valid, to: '2999-12-31T23:59:59Z' }, 'At most 16 h'],
    [{ ...valid, from: '1970-01-01T00:00:00Z' }, 'At most 16 h'],
    [
      { ...valid, from: '1970-01-01T00:00:00Z', to: '1970-01-01T01:00:00Z' },
      'counts any more',
    ],
    [{ ...valid, owner: 'user:default/eve' }, 'owner'],
  ];
  it('are refused where a field cannot be used, which is named', async () => {
    const { post, knex } = await startAnalysed();
    for (const [exclusion, named] of useless) {
      const { body } = await post(`${CHECKOUT}/exclusions`, exclusion);
      expect([exclusion, body]).toEqual([
        exclusion,
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
    await expect(knex('exclusions')).resolves.toEqual([]);
  });

  it('stand in the audit log: who asked for what, and how it went', async () => {
    const logged: unknown[][] = [];
    const { client } = await startAnalysed({
      overrides: [
        mockServices.auditor.mock({
          createEvent: async ({ eventId, severityLevel, request, meta }) => {
            const common = [eventId, severityLevel, request?.method, meta];
            return {
              success: async () => void logged.push([...common, 'succeeded']),
              fail: async ({ error }) =>
                void logged.push([...common, error.name]),
            };
          },
        }).factory,
      ],
    });
    const { id } = await client(ADA).exclude(REF, valid);
    await client(ADA).withdrawExclusion(REF, id);
    await expect(client(ADA).withdrawExclusion(REF, id)).rejects.toThrow();
    const entry = ['exclusion-mutate', 'medium', 'POST'];
    const created = { actionType: 'create', entityRef: REF, ...valid };
    const withdrawn = { actionType: 'withdraw', entityRef: REF, id };
    expect(
      logged.filter(([eventId]) => eventId === 'exclusion-mutate'),
    ).toEqual([
      [...entry, created, 'succeeded'],
      [...entry, withdrawn, 'succeeded'],
      [...entry, withdrawn, 'ConflictError'],
    ]);
  });
});
