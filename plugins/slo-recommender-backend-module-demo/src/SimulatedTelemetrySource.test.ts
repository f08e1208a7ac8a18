import { setImmediate } from 'timers/promises';
import {
  HOUR_MS,
  type HourlyCounts,
  type HourRange,
} from 'backstage-plugin-slo-recommender-node';
import { webShop } from './company';
import { DAY_MS, SimulatedCompany } from './simulation';
import { SimulatedTelemetrySource } from './SimulatedTelemetrySource';

const ANCHOR = Date.UTC(2026, 0, 31);
const NOW = ANCHOR + 10.5 * HOUR_MS;

function createSource(options: { seed?: number; now?: number } = {}) {
  const company = new SimulatedCompany({
    anchor: new Date(ANCHOR),
    seed: options.seed,
  });
  return new SimulatedTelemetrySource({
    id: 'company',
    company: async () => company,
    now: () => options.now ?? NOW,
  });
}

const hours = (from: number, to: number): HourRange => ({
  from: new Date(ANCHOR + from * HOUR_MS),
  to: new Date(ANCHOR + to * HOUR_MS),
});

async function fetchOne(
  source: SimulatedTelemetrySource,
  telemetryNames: string[],
  range: HourRange,
): Promise<HourlyCounts | undefined> {
  const { counts } = await source.fetchHourlyCounts(
    [{ entityRef: 'component:default/x', telemetryNames }],
    range,
  );
  return counts.get('component:default/x');
}

describe('fetchHourlyCounts', () => {
  it('gives the same counts in any chunks, later, and after a restart', async () => {
    const whole = await fetchOne(
      createSource(),
      ['checkout'],
      hours(-24 * 12, 0),
    );
    const chunks: number[] = [];
    for (const [from, to] of [
      [-100, -99],
      [-99, 0],
      [-288, -187],
      [-187, -100],
    ]) {
      const restarted = createSource({ now: NOW + (from + 300) * DAY_MS });
      const part = await fetchOne(restarted, ['checkout'], hours(from, to));
      part?.bad.forEach((count, i) => {
        chunks[from + 288 + i] = count + (part.total[i] ?? NaN) * 1e-9;
      });
    }
    expect(chunks).toEqual(
      Array.from(whole?.bad ?? []).map(
        (count, i) => count + (whole?.total[i] ?? NaN) * 1e-9,
      ),
    );
  });

  it('gives other counts for another seed', async () => {
    const range = hours(-24, 0);
    const one = await fetchOne(createSource({ seed: 1 }), ['cart'], range);
    const two = await fetchOne(createSource({ seed: 2 }), ['cart'], range);
    expect(one?.total).not.toEqual(two?.total);
  });

  it.each([
    ['before history begins', ['cart'], hours(-180 * 24 - 2, -180 * 24 + 2)],
    ['before the service began', ['loyalty'], hours(-3 * 24 - 2, -3 * 24 + 2)],
  ])('knows nothing %s', async (_, names, range) => {
    const counts = await fetchOne(createSource(), names, range);
    const known = Array.from(counts?.total ?? []).map(Number.isFinite);
    expect(known).toEqual([false, false, true, true]);
    expect(Array.from(counts?.bad ?? []).map(Number.isFinite)).toEqual(known);
  });

  it('knows nothing of the hour that is not over', async () => {
    const counts = await fetchOne(createSource(), ['cart'], hours(9, 12));
    expect(Array.from(counts?.total ?? []).map(Number.isFinite)).toEqual([
      true,
      false,
      false,
    ]);
  });

  it.each([
    ['of an unknown name', ['wishlist'], hours(-24, 0)],
    ['without names', [], hours(-24, 0)],
    ['that did not exist in the range', ['loyalty'], hours(-24 * 9, -24 * 8)],
    ['in a range of the future', ['cart'], hours(48, 72)],
  ])('leaves out a service %s', async (_, names, range) => {
    await expect(fetchOne(createSource(), names, range)).resolves.toBe(
      undefined,
    );
  });

  it('adds up the names of one service, each once', async () => {
    const source = createSource();
    const range = hours(-96, 0);
    const cart = await fetchOne(source, ['cart'], range);
    const loyalty = await fetchOne(source, ['loyalty'], range);
    const both = await fetchOne(source, ['cart', 'loyalty', 'cart'], range);
    expect(both?.total).toEqual(
      cart?.total.map((n, i) => n + (loyalty?.total[i] || 0)),
    );
  });

  it('says whether the service itself or its callers were counted', async () => {
    const source = createSource();
    const range = hours(-1, 0);
    await expect(fetchOne(source, ['cart'], range)).resolves.toMatchObject({
      evidence: 'simulated-span-metrics',
    });
    await expect(fetchOne(source, ['user-db'], range)).resolves.toMatchObject({
      evidence: 'simulated-service-graph',
    });
  });

  it('reports progress up to 1 and stops when told to', async () => {
    const shares: number[] = [];
    await createSource().fetchHourlyCounts([], hours(-72, 0), {
      onProgress: share => shares.push(share),
    });
    expect(shares).toEqual([1 / 3, 2 / 3, 1]);
    await expect(
      createSource().fetchHourlyCounts([], hours(-72, 0), {
        signal: AbortSignal.abort(new Error('enough')),
      }),
    ).rejects.toThrow('enough');
  });

  it.each([
    ['half hours', hours(-1.5, 0)],
    ['a range backwards', hours(0, -1)],
    ['no date', { from: new Date(NaN), to: new Date(ANCHOR) }],
  ])('refuses %s', async (_, range) => {
    await expect(fetchOne(createSource(), ['cart'], range)).rejects.toThrow(
      /Datasource "company" .* must be full hours/,
    );
  });

  it('lets other work of the process run in between', async () => {
    const source = createSource();
    let turns = 0;
    let fetching = true;
    const countTurns = async () => {
      while (fetching) {
        await setImmediate();
        turns += 1;
      }
    };
    const counted = countTurns();
    await source.fetchHourlyCounts([], hours(-24 * 90, 0));
    fetching = false;
    await counted;
    expect(turns).toBeGreaterThan(10);
  });
});

describe('fetchDependencies', () => {
  it('sums calls and failures and tells when they were seen', async () => {
    const source = createSource();
    const range = hours(-24 * 5, 20);
    const { dependencies } = await source.fetchDependencies(range);
    const orders = await fetchOne(source, ['order'], range);
    const sum = (values?: Float64Array) =>
      values?.reduce((total, n) => total + (n || 0), 0);
    expect(dependencies).toContainEqual({
      client: 'checkout',
      server: 'order',
      connectionType: 'request',
      calls: sum(orders?.total),
      failedCalls: sum(orders?.bad),
      latency: null,
      firstSeenAt: range.from,
      lastSeenAt: new Date(ANCHOR + 9 * HOUR_MS),
    });
    expect(dependencies).toContainEqual(
      expect.objectContaining({
        server: 'loyalty',
        firstSeenAt: new Date(ANCHOR - 3 * DAY_MS),
      }),
    );
  });

  it('leaves out what nobody called in the range', async () => {
    const { dependencies } = await createSource().fetchDependencies(
      hours(-24 * 9, -24 * 8),
    );
    const servers = dependencies.map(({ server }) => server);
    expect(servers).toContain('api-gateway');
    expect(servers).not.toContain('loyalty');
    expect(servers).not.toContain('store-locator');
  });

  it.each([
    ['user', 'api-gateway', 'virtual'],
    ['checkout', 'payment-service', 'request'],
    ['order', 'notification', 'messaging'],
    ['inventory', 'inventory-db', 'database'],
    ['payment-service', 'external-payment-api', 'virtual'],
  ])('sees %s → %s as %s', async (client, server, connectionType) => {
    const { dependencies } = await createSource().fetchDependencies(
      hours(-24, 0),
    );
    expect(dependencies).toContainEqual(
      expect.objectContaining({ client, server, connectionType }),
    );
  });
});

describe('fetchHourlyLatencies', () => {
  const services = (...telemetryNames: string[][]) =>
    telemetryNames.map(names => ({
      entityRef: names.join(),
      telemetryNames: names,
    }));

  it('puts each counted request of every hour in one bucket', async () => {
    const source = createSource();
    const range = hours(-24 * 4, 12);
    const asked = services(...webShop.services.map(({ name }) => [name]), [
      'order',
      'inventory',
    ]);
    const { counts } = await source.fetchHourlyCounts(asked, range);
    const { latencies } = await source.fetchHourlyLatencies(asked, range);
    expect([...latencies.keys()]).toEqual([
      ...webShop.services
        .filter(({ instrumented }) => instrumented)
        .map(({ name }) => name),
      'order,inventory',
    ]);
    for (const [entityRef, { boundsSeconds, counts: buckets }] of latencies) {
      expect(buckets).toHaveLength(boundsSeconds.length + 1);
      const timed = buckets.reduce((sum, bucket) =>
        sum.map((requests, hour) => requests + bucket[hour]),
      );
      expect(timed).toEqual(counts.get(entityRef)?.total);
      expect(
        buckets.every(bucket =>
          bucket.every(count => Number.isNaN(count) || count >= 0),
        ),
      ).toBe(true);
    }
    // only the bounds that both have
    expect(latencies.get('order,inventory')?.boundsSeconds).toEqual(
      Float64Array.of(0.1, 1, 10),
    );
  });

  it('gives the same latencies in any chunks', async () => {
    const [whole, first, second] = await Promise.all(
      [hours(-50, -2), hours(-50, -19), hours(-19, -2)].map(async range => {
        const answer = await createSource().fetchHourlyLatencies(
          services(['checkout']),
          range,
        );
        return answer.latencies.get('checkout')?.counts ?? [];
      }),
    );
    expect(whole).toEqual(
      first.map((bucket, index) =>
        Float64Array.of(...bucket, ...(second[index] ?? [])),
      ),
    );
  });
});
