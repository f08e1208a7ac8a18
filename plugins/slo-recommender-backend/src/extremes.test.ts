import { setTimeout } from 'timers/promises';
import {
  type Operation,
  operations,
} from 'backstage-plugin-slo-recommender-common';
import { jsonSchemaOf } from './__testUtils__/arbitraryRequests';
import { withExtremes } from './__testUtils__/arbitraryInput';
import { CHECKOUT, describeOnDatabases } from './__testUtils__/shop';
import { HOUR_MS } from './kernel/time/hours';

jest.setTimeout(300_000);

const hoursAgo = (hours: number) =>
  new Date(Date.now() - hours * HOUR_MS).toISOString();

const quantile = { fromSeconds: 0.1, toSeconds: 0.2 };

/** A body of each operation that has one. */
const EXAMPLES: Record<string, object> = {
  reportDependencies: {
    source: 'mesh',
    nodes: [{ name: 'checkout', title: 'Checkout', aliases: ['till'] }],
    edges: [
      {
        source: 'checkout',
        target: 'payment',
        calls: 10,
        failedCalls: 0,
        seconds: 60,
        latency: {
          side: 'client',
          p50: quantile,
          p95: quantile,
          p99: quantile,
        },
        attributes: { cluster: 'eu' },
      },
      { source: 'payment', target: 'checkout' },
    ],
  },
  reportEvent: { title: 'Deploy', version: '1', url: 'https://ci.example/1' },
  exclude: { from: hoursAgo(9), to: hoursAgo(8), reason: 'load test' },
  acknowledgeCycle: { acknowledged: true, reason: 'known' },
  analyze: { entityRefs: ['component:default/checkout'] },
};

// reports last: the calls of an extreme one may form no cycle to acknowledge
const writes = Object.values<Operation>(operations)
  .filter(({ body }) => body)
  .reverse();
const reads = Object.values<Operation>(operations).filter(
  ({ method }) => method === 'get',
);

describeOnDatabases('the extremes of every field', ({ start }) => {
  it('can be written, and all is read afterwards as the operations promise', async () => {
    const { get, post, analyse } = await start({
      config: { rateLimits: { analyze: 10_000, reportDependencies: 10_000 } },
    });
    await analyse();
    await post('/services/dependencies', EXAMPLES.reportDependencies);
    const idsIn = async (list: string, field: string): Promise<string[]> => {
      const { body } = await get(list).expect(200);
      return body[field].map(({ id }: { id: string }) => id);
    };
    const [cycle] = await idsIn('/fleet/cycles', 'items');

    const refused: unknown[] = [];
    const accepted = new Map<string, number>();
    for (const { operationId, path, body: schema } of writes) {
      if (!schema) continue;
      const to = path
        .replace('/v1/services/:kind/:namespace/:name', CHECKOUT)
        .replace('/v1', '')
        .replace(':id', cycle);
      const all = withExtremes(jsonSchemaOf(schema), EXAMPLES[operationId]);
      for (const body of all) {
        if (!schema.safeParse(body).success) continue;
        const { status, text } = await post(to, Object(body));
        if (status < 300) {
          accepted.set(operationId, (accepted.get(operationId) ?? 0) + 1);
        } else if (![400, 409, 429].includes(status)) {
          refused.push({ to, body, status, text });
        }
      }
    }
    expect(refused.slice(0, 5)).toEqual([]);
    expect([...accepted.keys()].sort()).toEqual(
      writes.map(({ operationId }) => operationId).sort(),
    );

    while ((await post('/analyze', {})).status === 429) await setTimeout(50);
    const { id: analysis } = await analyse();
    for (const { operationId, path, response } of reads) {
      const services = path.includes(':name')
        ? [CHECKOUT, CHECKOUT.replace('checkout', 'payment')]
        : [''];
      for (const service of services) {
        const from = path
          .replace('/v1/services/:kind/:namespace/:name', service)
          .replace('/v1', '')
          .replace(':id', path.includes('cycles') ? cycle : analysis);
        const { status, body } = await get(from);
        expect({ operationId, status, error: body.error }).toEqual({
          operationId,
          status: 200,
        });
        expect(response.safeParse(body).error).toBeUndefined();
      }
    }
  });
});
