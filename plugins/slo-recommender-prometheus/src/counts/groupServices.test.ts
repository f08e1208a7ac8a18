import {
  HOUR_MS,
  type HourRange,
  type TelemetryService,
} from 'backstage-plugin-slo-recommender-node';
import { createSource } from '../testing/createSource';
import { labels, matrix, reply } from '../__testUtils__/prometheusReplies';
import {
  type ScriptedServer,
  startScriptedServer,
} from '../testing/scriptedServer';

const SPANS = 'traces_span_metrics_calls_total';
const CALLS = 'traces_service_graph_request_total';

const TO = new Date('2026-03-10T12:00:00Z');
const lastHours = (hours: number) => ({
  from: new Date(TO.getTime() - hours * HOUR_MS),
  to: TO,
});
const FOUR_WEEKS = lastHours(28 * 24);

const fleet = (count: number, prefix = 'service'): TelemetryService[] =>
  Array.from({ length: count }, (_, index) => ({
    entityRef: `component:default/${prefix}-${index}`,
    telemetryNames: [`${prefix}-${index}`],
  }));
const namesOf = (services: TelemetryService[]) =>
  services.flatMap(({ telemetryNames }) => telemetryNames);

describe('groupServices', () => {
  let server: ScriptedServer;
  beforeAll(async () => {
    server = await startScriptedServer();
  });
  afterAll(() => server.stop());

  /** Groups where the server knows services in its metrics of spans and of calls, each with so many series. */
  async function group(
    services: TelemetryService[],
    {
      range = FOUR_WEEKS,
      spans = [],
      calls = [],
      count = () => 12,
    }: {
      range?: HourRange;
      spans?: string[];
      calls?: string[];
      count?: (name: string) => number | undefined;
    },
  ): Promise<string[][]> {
    const known = new Map([
      [SPANS, { label: 'service_name', names: spans }],
      [CALLS, { label: 'server', names: calls }],
    ]);
    reply(
      server,
      metric => labels(known.get(metric)?.names ?? []),
      metric => {
        const { label = '', names = [] } = known.get(metric) ?? {};
        return matrix(
          names.map(name => ({
            metric: { [label]: name },
            values: [[TO.getTime() / 1_000, String(count(name) ?? 'NaN')]],
          })),
        );
      },
    );
    const source = createSource(server.url);
    return (await source.groupServices(services, range)).map(namesOf);
  }
  const sizes = (groups: string[][]) => groups.map(({ length }) => length);

  it('asks for a whole fleet at once over some hours, and asks nothing to know that', async () => {
    const services = fleet(5_000);
    await expect(group(services, { range: lastHours(2) })).resolves.toEqual([
      namesOf(services),
    ]);
    expect(server.requests).toEqual([]);
    await expect(group([], { range: lastHours(2) })).resolves.toEqual([]);
  });

  it('takes few enough queries for 5,000 services over four weeks, and every service once', async () => {
    const services = fleet(5_000);
    const groups = await group(services, { spans: namesOf(services) });
    expect(groups.length).toBe(167);
    expect(groups.flat()).toEqual(namesOf(services));
  });

  it('takes no more queries where requests and failures are counted apart', async () => {
    const services = fleet(5_000);
    const groups = await group(services, { calls: namesOf(services) });
    expect(2 * groups.length).toBeLessThanOrEqual(168);
    expect(groups.flat()).toEqual(namesOf(services));
  });

  it('does not mix services whose counts come from different metrics', async () => {
    const [a, b] = [fleet(31, 'a'), fleet(61, 'b')];
    const mixed = [...a.slice(0, 20), ...b, ...a.slice(20)];
    await expect(
      group(mixed, { spans: namesOf(a), calls: namesOf(b) }),
    ).resolves.toEqual([
      namesOf(a.slice(0, 30)),
      namesOf(a.slice(30)),
      namesOf(b.slice(0, 60)),
      namesOf(b.slice(60)),
    ]);
  });

  it('puts fewer together the more series they have', async () => {
    const services = fleet(10);
    await expect(
      group(services, { spans: namesOf(services), count: () => 1_000 }).then(
        sizes,
      ),
    ).resolves.toEqual([4, 4, 2]);
  });

  it('asks for a service alone that has more series than a query may touch', async () => {
    const services = fleet(3);
    await expect(
      group(services, {
        spans: namesOf(services),
        count: name => (name === 'service-1' ? 1_000_000 : 1),
      }).then(sizes),
    ).resolves.toEqual([1, 1, 1]);
  });

  it('takes services to have the usual number of series where the server cannot count them', async () => {
    const services = fleet(60);
    await expect(
      group(services, {
        spans: namesOf(services),
        count: () => undefined,
      }).then(sizes),
    ).resolves.toEqual([30, 30]);
  });

  it('puts services together that nothing is known of: they take no query', async () => {
    const services = fleet(300);
    await expect(
      group(services, { spans: ['service-7'] }).then(sizes),
    ).resolves.toEqual([1, 299]);
  });
});
