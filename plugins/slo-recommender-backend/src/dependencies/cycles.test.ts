import { mockCredentials } from '@backstage/backend-test-utils';
import {
  cycleSchema,
  cyclesResponseSchema,
  dependenciesResponseSchema,
  statusResponseSchema,
} from 'backstage-plugin-slo-recommender-common';
import type { DependencySource } from 'backstage-plugin-slo-recommender-node';
import { AS_OF, CHECKOUT, describeOnDatabases } from '../__testUtils__/shop';

jest.setTimeout(120_000);

const edge = (source: string, target: string, more: object = {}) => ({
  source,
  target,
  calls: 100,
  seconds: 100,
  ...more,
});

// checkout → payment → ledger → checkout
const CIRCLE = [
  edge('payment', 'ledger'),
  edge('ledger', 'checkout', { calls: 1, strength: 'soft' }),
];

describeOnDatabases('cycles', ({ start }) => {
  async function startWithCycle() {
    const backend = await start();
    await backend.analyse({ asOf: AS_OF });
    const tell = (edges: object[], reportedAt = AS_OF) =>
      backend
        .post('/services/dependencies', {
          source: 'mesh',
          mode: 'replace',
          reportedAt,
          edges,
        })
        .expect(200);
    const list = async (query = '') =>
      cyclesResponseSchema.parse(
        (await backend.get(`/fleet/cycles${query}`).expect(200)).body,
      );
    await tell(CIRCLE);
    return { ...backend, tell, list };
  }

  it('are open when they are seen, with the calls in them and what to change', async () => {
    const { list, get } = await startWithCycle();
    const { items } = await list('?state=open');
    expect(items).toHaveLength(1);
    const [cycle] = items;
    expect(cycle.members.map(({ id }) => id)).toEqual([
      'component:default/checkout',
      'component:default/payment',
      'undeclared:ledger',
    ]);
    expect(
      cycle.calls.map(({ source, target }) => `${source} ${target}`),
    ).toEqual([
      'component:default/checkout component:default/payment',
      'component:default/payment undeclared:ledger',
      'undeclared:ledger component:default/checkout',
    ]);
    expect(cycle.advice).toEqual([
      expect.stringContaining('Checkout → payment is declared'),
      expect.stringContaining('ledger → Checkout is soft'),
      expect.stringContaining('Break the cycle at payment → ledger'),
      expect.stringContaining('a service that both call'),
    ]);
    const graph = dependenciesResponseSchema.parse(
      (await get(`${CHECKOUT}/dependencies?depth=5`)).body,
    );
    expect([...graph.nodes, ...graph.edges].map(one => one.cycleId)).toEqual(
      Array(6).fill(cycle.id),
    );
  });

  it('can be acknowledged and opened again, by whom is not for the body to say', async () => {
    const { list, post, get } = await startWithCycle();
    const [{ id }] = (await list()).items;
    const path = `/fleet/cycles/${id}/acknowledgement`;
    const { body } = await post(path, {
      acknowledged: true,
      reason: ' Known since the merger ',
    })
      .set('Authorization', mockCredentials.user.header('user:default/ada'))
      .expect(200);
    expect(cycleSchema.parse(body)).toMatchObject({
      id,
      state: 'acknowledged',
      acknowledgement: {
        by: 'user:default/ada',
        reason: 'Known since the merger',
      },
    });
    await post(path, { acknowledged: true, by: 'user:default/eve' }).expect(
      400,
    );
    await expect(list('?state=open')).resolves.toMatchObject({ items: [] });
    await post(path, { acknowledged: false }).expect(200);
    await expect(list('?state=open')).resolves.toMatchObject({
      items: [{ id, acknowledgement: null }],
    });
    await get('/fleet/cycles/unknown').expect(404);
  });

  it('are resolved when the calls form them no more, and open when they come back', async () => {
    const { list, post, tell } = await startWithCycle();
    const [{ id }] = (await list()).items;
    const path = `/fleet/cycles/${id}/acknowledgement`;
    await post(path, { acknowledged: true }).expect(200);
    // a message that nobody waits for ends it
    await tell([CIRCLE[0], edge('ledger', 'checkout', { kind: 'async' })]);
    await expect(list()).resolves.toMatchObject({
      items: [
        { id, state: 'resolved', resolvedAt: expect.any(String), calls: [] },
      ],
    });
    await post(path, { acknowledged: true }).expect(409);
    await tell([CIRCLE[0]]);
    await tell(CIRCLE, '2023-07-01T00:00:00Z');
    await expect(list()).resolves.toMatchObject({
      items: [{ id, state: 'open', acknowledgement: null, resolvedAt: null }],
    });
  });
});

describeOnDatabases('dependency sources of modules', ({ start }) => {
  it('are queried before an analysis of the fleet; one that fails keeps what it reported before', async () => {
    let answer: DependencySource['fetchDependencies'] = async () => ({
      nodes: [{ name: 'ledger', title: 'Ledger' }],
      edges: [{ source: 'checkout', target: 'ledger', kind: 'database' }],
    });
    const inventory: DependencySource = {
      id: 'inventory',
      claim: 'declared',
      fetchDependencies: options => answer(options),
    };
    const broken: DependencySource = {
      id: 'broken',
      claim: 'observed',
      fetchDependencies: async () => {
        throw new Error('no route to host');
      },
    };
    const { analyse, get } = await start({
      dependencySources: [broken, inventory],
    });
    const ledger = async () =>
      dependenciesResponseSchema
        .parse((await get(`${CHECKOUT}/dependencies`)).body)
        .edges.filter(({ target }) => target === 'undeclared:ledger');
    await analyse({ asOf: AS_OF });
    const before = await ledger();
    expect(before).toEqual([
      expect.objectContaining({
        declared: true,
        observed: false,
        kind: 'database',
      }),
    ]);
    const statuses = async () =>
      statusResponseSchema
        .parse((await get('/status')).body)
        .datasources.filter(({ type }) => type === 'dependency-source');
    await expect(statuses()).resolves.toMatchObject([
      {
        id: 'broken',
        state: 'failing',
        message: expect.stringContaining('no route to host'),
        lastSuccessAt: null,
      },
      { id: 'inventory', state: 'ok', message: null },
    ]);
    answer = async () => {
      throw new Error('timed out');
    };
    await analyse({ asOf: AS_OF });
    await expect(ledger()).resolves.toEqual(before);
    await expect(statuses()).resolves.toMatchObject([
      { id: 'broken', state: 'failing' },
      {
        id: 'inventory',
        state: 'failing',
        message: expect.stringContaining('timed out'),
        lastSuccessAt: expect.any(String),
      },
    ]);
    answer = async () => ({ nodes: [], edges: [] });
    await analyse({ asOf: AS_OF });
    await expect(ledger()).resolves.toEqual([]);
  });
});
