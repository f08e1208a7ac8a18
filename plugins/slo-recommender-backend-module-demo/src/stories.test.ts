import { HOUR_MS } from 'backstage-plugin-slo-recommender-node';
import { DAY_MS, SimulatedCompany } from './simulation';
import { SimulatedTelemetrySource } from './SimulatedTelemetrySource';

const ANCHOR = Date.UTC(2026, 0, 31);
const company = new SimulatedCompany({ anchor: new Date(ANCHOR) });
const source = new SimulatedTelemetrySource({
  id: 'company',
  company: async () => company,
  now: () => ANCHOR,
});

/** Hours of the days `from` to `to`, counted from the anchor. */
async function hoursOf(name: string, from: number, to: number) {
  const { counts } = await source.fetchHourlyCounts(
    [{ entityRef: name, telemetryNames: [name] }],
    {
      from: new Date(ANCHOR + from * DAY_MS),
      to: new Date(ANCHOR + to * DAY_MS),
    },
  );
  const answer = counts.get(name);
  return Array.from(answer?.total ?? []).map((total, i) => ({
    hour: new Date(ANCHOR + from * DAY_MS + i * HOUR_MS),
    total,
    bad: answer?.bad[i] ?? NaN,
  }));
}

async function summaryOf(name: string, from: number, to: number) {
  const known = (await hoursOf(name, from, to)).filter(
    ({ total }) => !Number.isNaN(total),
  );
  const total = known.reduce((sum, hour) => sum + hour.total, 0);
  const bad = known.reduce((sum, hour) => sum + hour.bad, 0);
  return { hours: known.length, total, bad, availability: 1 - bad / total };
}

const failedShare = ({ total, bad }: { total: number; bad: number }) =>
  total ? bad / total : 0;

/** Pearson's coefficient. */
function correlation(a: number[], b: number[]): number {
  const mean = (values: number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  const covariance = (x: number[], y: number[], mx: number, my: number) =>
    x.reduce((sum, value, i) => sum + (value - mx) * (y[i] - my), 0);
  return (
    covariance(a, b, meanA, meanB) /
    Math.sqrt(covariance(a, a, meanA, meanA) * covariance(b, b, meanB, meanB))
  );
}

describe('the simulated company', () => {
  it.each([
    ['api-gateway', 0.999, 0.9998],
    ['auth', 0.9995, 0.9999],
    ['product-catalog', 0.999, 0.9999],
    ['inventory', 0.999, 0.9999],
    ['cart', 0.999, 0.9999],
    ['order', 0.999, 0.9999],
    ['user-db', 0.9995, 0.99999],
  ])('%s achieves between %d and %d', async (name, low, high) => {
    const { availability } = await summaryOf(name, -28, 0);
    expect(availability).toBeGreaterThan(low);
    expect(availability).toBeLessThan(high);
  });

  it('has 180 days of history without a gap', async () => {
    const { hours } = await summaryOf('api-gateway', -200, 0);
    expect(hours).toBe(180 * 24);
  });

  it('sleeps at night and rests at weekends', async () => {
    const hours = await hoursOf('api-gateway', -56, 0);
    const requests = (pick: (hour: Date) => boolean) => {
      const picked = hours.filter(({ hour }) => pick(hour));
      return picked.reduce((sum, { total }) => sum + total, 0) / picked.length;
    };
    expect(requests(hour => hour.getUTCHours() === 18)).toBeGreaterThan(
      2.5 * requests(hour => hour.getUTCHours() === 4),
    );
    expect(requests(hour => hour.getUTCDay() === 2)).toBeGreaterThan(
      1.15 * requests(hour => hour.getUTCDay() === 0),
    );
  });

  it('lets payment, and with it checkout, fail when the provider does', async () => {
    const [provider, payment, checkout, search] = await Promise.all(
      ['external-payment-api', 'payment-service', 'checkout', 'search'].map(
        async name => (await hoursOf(name, -90, 0)).map(failedShare),
      ),
    );
    expect(correlation(provider, payment)).toBeGreaterThan(0.8);
    expect(correlation(payment, checkout)).toBeGreaterThan(0.9);
    expect(Math.abs(correlation(payment, search))).toBeLessThan(0.3);
  });

  it('shows at the gateway that nobody can pay', async () => {
    const day = await hoursOf('api-gateway', -9, -8);
    const during = day.filter((_, hour) => hour >= 13 && hour < 15);
    const otherwise = day.filter((_, hour) => hour < 12 || hour > 16);
    const worst = Math.max(...otherwise.map(failedShare));
    for (const hour of during) {
      expect(failedShare(hour)).toBeGreaterThan(3 * worst);
    }
  });
});

describe('stories', () => {
  it('soft dependency: the gateway does not notice eight hours without recommendations', async () => {
    const recommendation = await summaryOf('recommendation', -12, -11);
    const gateway = await summaryOf('api-gateway', -12, -11);
    expect(recommendation.availability).toBeLessThan(0.85);
    expect(gateway.availability).toBeGreaterThan(0.998);
  });

  it('asynchronous dependency: orders are taken while no mail goes out', async () => {
    const notification = await summaryOf('notification', -6, -5);
    const order = await summaryOf('order', -6, -5);
    expect(notification.availability).toBeLessThan(0.85);
    expect(order.availability).toBeGreaterThan(0.999);
  });

  it('redundancy: search survives one index, and not both', async () => {
    const one = await summaryOf('search-index-a', -5, -4);
    expect(one.availability).toBeLessThan(0.8);
    expect((await summaryOf('search', -5, -4)).availability).toBeGreaterThan(
      0.998,
    );
    expect((await summaryOf('search', -60, -59)).availability).toBeLessThan(
      0.98,
    );
  });

  it('external provider: stays below the 99.95 % that it publishes', async () => {
    const { availability } = await summaryOf('external-payment-api', -28, 0);
    expect(availability).toBeLessThan(0.9995);
  });

  it('promised above what is possible: checkout has never been near 99.99 %', async () => {
    for (const from of [-180, -140, -100, -56, -28]) {
      const { availability } = await summaryOf('checkout', from, from + 28);
      expect(availability).toBeLessThan(0.999);
    }
  });

  it('three days old: loyalty', async () => {
    expect((await summaryOf('loyalty', -180, 0)).hours).toBe(72);
  });

  it('30 requests a day: gift cards', async () => {
    const { total } = await summaryOf('gift-cards', -90, 0);
    expect(total / 90).toBeGreaterThan(27);
    expect(total / 90).toBeLessThan(33);
  });

  it('no requests at all: the store locator, whose zeros are known', async () => {
    const { hours, total } = await summaryOf('store-locator', -90, 0);
    expect({ hours, total }).toEqual({ hours: 90 * 24, total: 0 });
  });

  it('success ratio stuck at 0: media, with plenty of traffic', async () => {
    const { total, bad } = await summaryOf('media', -28, 0);
    expect(total).toBeGreaterThan(10_000_000);
    expect(bad).toBe(total);
  });

  it('regression: shipping fails many times more often since a deploy two weeks ago', async () => {
    const before = await summaryOf('shipping', -42, -14);
    const after = await summaryOf('shipping', -14, 0);
    expect(failedShare(after)).toBeGreaterThan(6 * failedShare(before));
    expect(before.availability).toBeGreaterThan(0.9995);
  });

  it.each([
    ['payment-service', 'fraud-detection'],
    ['notification', 'smtp-relay'],
    ['pricing', 'promotions'],
    ['promotions', 'pricing'],
  ])('%s is seen calling %s', async (client, server) => {
    const { dependencies } = await source.fetchDependencies({
      from: new Date(ANCHOR - DAY_MS),
      to: new Date(ANCHOR),
    });
    expect(dependencies).toContainEqual(
      expect.objectContaining({ client, server }),
    );
  });

  it('declared and never seen: nobody calls the legacy ERP', async () => {
    const { dependencies } = await source.fetchDependencies({
      from: new Date(ANCHOR - 90 * DAY_MS),
      to: new Date(ANCHOR),
    });
    expect(dependencies.map(({ server }) => server)).not.toContain(
      'legacy-erp',
    );
  });
});
