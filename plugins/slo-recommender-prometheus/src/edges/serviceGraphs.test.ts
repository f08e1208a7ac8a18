import type { JsonObject } from '@backstage/types';
import { HOUR_MS } from 'backstage-plugin-slo-recommender-node';
import type { PrometheusTelemetrySource } from '../PrometheusTelemetrySource';
import { createSource } from '../testing/createSource';
import { parsePromQL } from '../__testUtils__/parsePromQL';
import { labels, matrix } from '../__testUtils__/prometheusReplies';
import {
  type ScriptedServer,
  startScriptedServer,
} from '../testing/scriptedServer';

const GRAPH = 'traces_service_graph_request_total';
const to = new Date('2026-03-02T00:00:00Z');
const range = { from: new Date(to.getTime() - HOUR_MS), to };
const now = to.getTime() / 1000;

/** Quantiles as the server says them, by the side that measured: p50, p95 and p99. */
type Quantiles = Partial<Record<'client' | 'server', [number, number, number]>>;

describe('latencies of a service graph', () => {
  let server: ScriptedServer;
  let source: PrometheusTelemetrySource;
  beforeAll(async () => {
    server = await startScriptedServer();
  });
  beforeEach(() => {
    source = createSource(server.url);
  });
  afterAll(() => server.stop());

  /** Answers for calls from `web` to each of the servers. */
  function script(options: {
    metrics: string[];
    le?: string[];
    buckets?: [number, string, string, string][];
    servers: Record<string, Quantiles>;
  }) {
    const edges = Object.keys(options.servers).map(name => ({
      client: 'web',
      server: name,
    }));
    const sample = (metric: JsonObject, value: number) => ({
      metric,
      values: [[now, String(value)]],
    });
    server.answer(({ path, parameters }, response) => {
      const query = parameters.get('query') ?? '';
      const content = () => {
        if (path.endsWith('/__name__/values')) {
          return labels([GRAPH, ...options.metrics]);
        }
        if (path.endsWith('/labels')) {
          return labels(['client', 'server', 'connection_type']);
        }
        if (path.endsWith('/le/values')) {
          return labels(options.le ?? []);
        }
        if (path.endsWith('/values')) {
          return labels(edges.map(({ server: name }) => name));
        }
        if (query.includes('histogram_quantile')) {
          return matrix(
            edges.flatMap(edge =>
              Object.entries(options.servers[edge.server]).flatMap(
                ([side, values]) =>
                  ['p50', 'p95', 'p99'].map((name, index) =>
                    sample(
                      { ...edge, slo_part: `${side} ${name}` },
                      values[index],
                    ),
                  ),
              ),
            ),
          );
        }
        if (query.includes('slo_part')) {
          return matrix(
            edges.map(edge =>
              sample({ server: edge.server, slo_part: 'requests' }, 100),
            ),
          );
        }
        if (query.startsWith('sum by ()')) {
          return matrix([
            {
              metric: {},
              histograms: [[now, { buckets: options.buckets ?? [] }]],
            },
          ]);
        }
        return matrix(edges.map(edge => sample(edge, 100)));
      };
      response.end(JSON.stringify(content().content));
    });
  }

  async function latencies() {
    const { dependencies } = await source.fetchDependencies(range);
    return new Map(
      dependencies.map(({ server: name, latency }) => [name, latency]),
    );
  }

  async function findings(name: string) {
    const answer = await source.fetchHourlyCounts(
      [{ entityRef: 'component:default/asked', telemetryNames: [name] }],
      range,
    );
    return (answer.findings.get('component:default/asked') ?? []).map(
      ({ code }) => code,
    );
  }

  const se = [`traces_service_graph_request_server_seconds_bucket`];
  it.each<[string, string[]]>([
    ['with a unit', se],
    [
      'stored over OTLP without a unit',
      ['traces_service_graph_request_server_bucket'],
    ],
    [
      'of the first processor',
      ['traces_service_graph_request_duration_seconds_bucket'],
    ],
  ])('are read from classic histograms %s', async (_, metrics) => {
    script({
      metrics,
      le: ['0.1', '0.2', '1.0', '+Inf'],
      servers: { cart: { server: [0.05, 0.15, 0.7] } },
    });
    await expect(latencies()).resolves.toEqual(
      new Map([
        [
          'cart',
          {
            side: 'server',
            p50: { fromSeconds: 0, toSeconds: 0.1 },
            p95: { fromSeconds: 0.1, toSeconds: 0.2 },
            p99: { fromSeconds: 0.2, toSeconds: 1 },
          },
        ],
      ]),
    );
  });

  it('are read from native histograms, in buckets of the lowest resolution', async () => {
    script({
      metrics: ['traces_service_graph_request_server_seconds'],
      buckets: [
        [3, '-0.001', '0.001', '5'],
        [0, '0.25', '0.5', '20'],
      ],
      servers: { cart: { server: [0.3, 0.6, 1.5] } },
    });
    const found = (await latencies()).get('cart');
    expect(found).toEqual({
      side: 'server',
      p50: { fromSeconds: 0.25, toSeconds: 0.5 },
      p95: { fromSeconds: 0.5, toSeconds: 1 },
      p99: { fromSeconds: 1, toSeconds: 2 },
    });
    await expect(findings('cart')).resolves.not.toContain('bucket_floor');
  });

  it('are null where nothing measures them', async () => {
    script({ metrics: [], servers: { cart: {} } });
    await expect(latencies()).resolves.toEqual(new Map([['cart', null]]));
  });

  it('are null where there were none', async () => {
    script({
      metrics: se,
      le: ['0.1'],
      servers: { cart: { server: [NaN, NaN, NaN] } },
    });
    await expect(latencies()).resolves.toEqual(new Map([['cart', null]]));
  });

  describe('in milliseconds under a name that says seconds', () => {
    const old = ['2', '50', '100', '1000', '15000'];

    it('are converted and told', async () => {
      script({
        metrics: se,
        le: old,
        servers: { cart: { server: [30, 70, 900] } },
      });
      expect((await latencies()).get('cart')).toMatchObject({
        p50: { fromSeconds: 0.002, toSeconds: 0.05 },
        p99: { fromSeconds: 0.1, toSeconds: 1 },
      });
      await expect(findings('cart')).resolves.toContain(
        'milliseconds_as_seconds',
      );
    });

    it('are sensed in native histograms by their size', async () => {
      script({
        metrics: ['traces_service_graph_request_server_seconds'],
        buckets: [[0, '64', '128', '1']],
        servers: { cart: { server: [100, 200, 300] } },
      });
      expect((await latencies()).get('cart')).toMatchObject({
        p50: { fromSeconds: 0.064, toSeconds: 0.128 },
      });
    });

    it('are left out and told where another producer writes seconds', async () => {
      script({
        metrics: se,
        le: ['0.1', '0.2', '12.8', ...old],
        servers: { cart: { server: [30, 70, 900] } },
      });
      expect((await latencies()).get('cart')).toBeNull();
      await expect(findings('cart')).resolves.toContain('mixed_latency_units');
    });

    it('are not told where seconds are meant', async () => {
      script({
        metrics: se,
        le: ['0.002', '0.05', '15'],
        servers: { cart: { server: [0.03, 0.04, 2] } },
      });
      await expect(findings('cart')).resolves.not.toContain(
        'milliseconds_as_seconds',
      );
    });
  });

  describe('of client and server that are swapped', () => {
    const both = [...se, 'traces_service_graph_request_client_seconds_bucket'];
    const le = ['0.1', '0.2', '0.4', '0.8', '+Inf'];
    const quick: [number, number, number] = [0.15, 0.15, 0.15];
    const slow: [number, number, number] = [0.5, 0.5, 0.5];

    it('are exchanged and told', async () => {
      script({
        metrics: both,
        le,
        servers: Object.fromEntries(
          ['a', 'b', 'c'].map(name => [name, { client: quick, server: slow }]),
        ),
      });
      expect((await latencies()).get('a')).toMatchObject({
        side: 'server',
        p50: { fromSeconds: 0.1, toSeconds: 0.2 },
      });
      await expect(findings('a')).resolves.toContain('sides_swapped');
    });

    it('are left alone where callers wait longer', async () => {
      script({
        metrics: both,
        le,
        servers: Object.fromEntries(
          ['a', 'b', 'c'].map(name => [name, { client: slow, server: quick }]),
        ),
      });
      expect((await latencies()).get('a')).toMatchObject({
        side: 'server',
        p50: { fromSeconds: 0.1, toSeconds: 0.2 },
      });
      await expect(findings('a')).resolves.not.toContain('sides_swapped');
    });
  });

  it('are asked for in PromQL', async () => {
    script({
      metrics: se,
      le: ['0.1'],
      servers: { cart: { server: [1, 1, 1] } },
    });
    await latencies();
    const asked = server.requests.flatMap(
      ({ parameters }) => parameters.get('query') ?? [],
    );
    expect(asked.length).toBeGreaterThan(0);
    expect(() => asked.forEach(parsePromQL)).not.toThrow();
  });
});
