import type { JsonObject, JsonValue } from '@backstage/types';
import {
  HOUR_MS,
  type TelemetryService,
} from 'backstage-plugin-slo-recommender-node';
import { PrometheusTelemetrySource } from './PrometheusTelemetrySource';
import { createSource } from './testing/createSource';
import {
  isReview,
  labels,
  matrix,
  refusal,
  reply,
} from './__testUtils__/prometheusReplies';
import {
  type ScriptedServer,
  startScriptedServer,
} from './testing/scriptedServer';

const SPAN_METRIC = 'traces_span_metrics_calls_total';
const from = new Date('2024-02-29T22:00:00Z');
const hoursLater = (hours: number) =>
  new Date(from.getTime() + hours * HOUR_MS);

/** A series whose values stand at the ends of the hours from `from` on. */
const series = (metric: JsonObject, values: string[]): JsonObject => ({
  metric,
  values: values.map((value, hour) => [
    hoursLater(hour + 1).getTime() / 1000,
    value,
  ]),
});

const asked = (...names: string[]): TelemetryService[] =>
  names.map(name => ({
    entityRef: `component:default/${name}`,
    telemetryNames: [name],
  }));

describe('PrometheusTelemetrySource', () => {
  let server: ScriptedServer;
  let source: PrometheusTelemetrySource;

  beforeAll(async () => {
    server = await startScriptedServer();
  });
  beforeEach(() => {
    source = createSource(server.url);
  });
  afterAll(() => server.stop());

  /** The queries received, each as the names or hours it asked for. */
  const queries = () =>
    server.requests
      .filter(
        request => request.path.endsWith('/query_range') && !isReview(request),
      )
      .map(({ parameters }) => {
        const text = parameters.get('query') ?? '';
        const names = /service_name=~"([^"]*)"/.exec(text)?.[1] ?? '';
        const [start, end] = ['start', 'end'].map(key =>
          Number(parameters.get(key)),
        );
        return { names: names.split('|'), hours: (end - start) / 3600 + 1 };
      });

  const spanMetricsOf =
    (...names: string[]) =>
    (metric: string) =>
      labels(metric === SPAN_METRIC ? names : []);

  async function oneService(
    ...result: JsonValue[]
  ): Promise<{ total: number[]; bad: number[] } | undefined> {
    reply(server, spanMetricsOf('cart'), () => matrix(result));
    const { counts } = await source.fetchHourlyCounts(asked('cart'), {
      from,
      to: hoursLater(4),
    });
    const found = counts.get('component:default/cart');
    return found && { total: [...found.total], bad: [...found.bad] };
  }
  const ok = { service_name: 'cart', status_code: 'STATUS_CODE_UNSET' };
  const failed = { service_name: 'cart', status_code: 'STATUS_CODE_ERROR' };

  describe('values', () => {
    it('that are no finite numbers make the hour unknown, never 0', async () => {
      await expect(
        oneService(
          series(ok, ['NaN', '10', '+Inf', '10']),
          series(failed, ['1', '2', '3', 'NaN']),
        ),
      ).resolves.toEqual({
        total: [NaN, 12, NaN, NaN],
        bad: [NaN, 2, NaN, NaN],
      });
    });

    it('that are negative or absurdly large are passed on to be judged', async () => {
      await expect(
        oneService(series(ok, ['-7', '-0.2', '9007199254740994', '1'])),
      ).resolves.toEqual({
        total: [-7, 0, 9007199254740994, 1],
        bad: [0, 0, 0, 0],
      });
    });

    it('are rounded after they are summed', async () => {
      await expect(
        oneService(series(ok, ['9.4', '0.3']), series(failed, ['1.4', '0.3'])),
      ).resolves.toEqual({
        total: [11, 1, NaN, NaN],
        bad: [1, 0, NaN, NaN],
      });
    });

    it('given twice count once, and are unknown where they contradict each other', async () => {
      await expect(
        oneService(
          series(ok, ['5', '5', '5', '5']),
          series(ok, ['5', '6', '5', '5']),
        ),
      ).resolves.toEqual({
        total: [5, NaN, 5, 5],
        bad: [0, NaN, 0, 0],
      });
    });

    it('at instants or of services that nobody asked for are left out', async () => {
      const values = [0, 1.5, 5, 500_000, -500_000].map(hours => [
        hoursLater(hours).getTime() / 1000,
        '99',
      ]);
      await expect(
        oneService(
          series(ok, ['5', '5', '5', '5']),
          { metric: ok, values },
          series({ ...ok, service_name: 'cart2' }, ['1', '1', '1', '1']),
          series({}, ['1', '1', '1', '1']),
        ),
      ).resolves.toEqual({ total: [5, 5, 5, 5], bad: [0, 0, 0, 0] });
    });

    it('that are unknown in all hours leave the service out', async () => {
      await expect(
        oneService(series(ok, ['NaN', 'NaN'])),
      ).resolves.toBeUndefined();
    });
  });

  describe('plan', () => {
    const many = Array.from({ length: 250 }, (_, index) => `service-${index}`);

    it('asks for at most 100 services and 31 days at once, at most 4 times at a time', async () => {
      let running = 0;
      let most = 0;
      reply(server, spanMetricsOf(...many), async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise(resolve => setTimeout(resolve, 50));
        running -= 1;
        return matrix([]);
      });
      await source.fetchHourlyCounts(asked(...many), {
        from,
        to: hoursLater(90 * 24),
      });
      const plan = queries();
      expect(plan).toHaveLength(9);
      expect(Math.max(...plan.map(({ names }) => names.length))).toBe(100);
      expect(plan.map(({ hours }) => hours).sort()).toEqual([
        ...Array<number>(3).fill(672),
        ...Array<number>(6).fill(744),
      ]);
      expect(most).toBeGreaterThan(1);
      expect(most).toBeLessThanOrEqual(4);
    });

    it('asks only for what the server knows, and no other evidence for what it has found', async () => {
      reply(server, spanMetricsOf('cart'), () => matrix([series(ok, ['1'])]));
      const { counts } = await source.fetchHourlyCounts(
        asked('cart', 'unheard-of', ''),
        { from, to: hoursLater(1) },
      );
      expect([...counts.keys()]).toEqual(['component:default/cart']);
      expect(queries()).toEqual([{ names: ['cart'], hours: 1 }]);
    });

    it.each([400, 404, 405, 422, 501])(
      'asks for all names where discovery is answered with HTTP %d',
      async status => {
        reply(
          server,
          () => refusal(status),
          metric =>
            matrix(
              metric === 'traces_service_graph_request_total'
                ? [series({ server: 'cart' }, ['3'])]
                : [],
            ),
        );
        const { counts } = await source.fetchHourlyCounts(asked('cart'), {
          from,
          to: hoursLater(1),
        });
        expect(counts.get('component:default/cart')).toEqual({
          total: Float64Array.of(3),
          bad: Float64Array.of(0),
          evidence: 'service-graph',
          failureDefinition: expect.stringContaining('client mistakes'),
        });
      },
    );

    it('trusts no names of a partial answer', async () => {
      reply(
        server,
        () => labels([], { warnings: ['truncated'] }),
        metric => matrix(metric === SPAN_METRIC ? [series(ok, ['1'])] : []),
      );
      const { counts, warnings } = await source.fetchHourlyCounts(
        asked('cart'),
        { from, to: hoursLater(1) },
      );
      expect(counts.size).toBe(1);
      expect(warnings).toEqual(["Datasource 'main': truncated"]);
    });

    it('hands warnings on, each once', async () => {
      reply(server, spanMetricsOf(...many), () =>
        matrix([], { warnings: ['store-3 is down'] }),
      );
      await expect(
        source.fetchHourlyCounts(asked(...many), { from, to: hoursLater(1) }),
      ).resolves.toMatchObject({
        warnings: ["Datasource 'main': store-3 is down"],
      });
    });

    it.each([
      [422, 1],
      [503, 5],
    ])(
      'asks in halves after HTTP %d, answered %d times',
      async (status, times) => {
        reply(server, spanMetricsOf('cart', 'search', 'web'), () =>
          queries().at(-1)?.names.length === 3
            ? refusal(status)
            : matrix(
                ['cart', 'search', 'web'].map(name =>
                  series({ ...ok, service_name: name }, ['1']),
                ),
              ),
        );
        await source.fetchHourlyCounts(asked('cart', 'search', 'web'), {
          from,
          to: hoursLater(1),
        });
        expect(queries().map(({ names }) => names)).toEqual([
          ...Array<string[]>(times).fill(['cart', 'search', 'web']),
          ['cart', 'search'],
          ['web'],
        ]);
      },
    );

    it('halves the hours of a single service', async () => {
      reply(server, spanMetricsOf('cart'), () =>
        queries().at(-1)?.hours === 5 ? refusal(422) : matrix([]),
      );
      await source.fetchHourlyCounts(asked('cart'), {
        from,
        to: hoursLater(5),
      });
      expect(queries().map(({ hours }) => hours)).toEqual([5, 3, 2]);
    });

    it('halves again while a query is too much', async () => {
      reply(server, spanMetricsOf('cart'), () =>
        (queries().at(-1)?.hours ?? 0) > 2 ? refusal(422) : matrix([]),
      );
      await source.fetchHourlyCounts(asked('cart'), {
        from,
        to: hoursLater(8),
      });
      expect(queries().map(({ hours }) => hours)).toEqual([
        8, 4, 2, 2, 4, 2, 2,
      ]);
    });

    it('asks for shorter ranges, not fewer services, where HTTP 400 says that one is too long', async () => {
      reply(server, spanMetricsOf('cart', 'search', 'web'), () =>
        (queries().at(-1)?.hours ?? 0) > 7 * 24
          ? {
              status: 400,
              content: {
                status: 'error',
                errorType: 'bad_data',
                error: 'the query time range exceeds the limit of 7d',
              },
            }
          : matrix([series(ok, ['1'])]),
      );
      await source.fetchHourlyCounts(asked('cart', 'search', 'web'), {
        from,
        to: hoursLater(28 * 24),
      });
      expect(
        queries().map(({ names, hours }) => [names.length, hours / 24]),
      ).toEqual([[3, 28], [3, 14], ...Array(4).fill([3, 7])]);
    });

    it.each([
      [503, 10, 'wait until the server is ready'],
      [422, 3, "raise the server's limits"],
    ])(
      'fails where halves get HTTP %d too, after %d queries',
      async (status, asks, remedy) => {
        reply(server, spanMetricsOf('cart', 'search', 'web'), () =>
          refusal(status),
        );
        await expect(
          source.fetchHourlyCounts(asked('cart', 'search', 'web'), {
            from,
            to: hoursLater(1),
          }),
        ).rejects.toThrow(
          `: the server refused with HTTP ${status}: no; ${remedy}`,
        );
        expect(queries()).toHaveLength(asks);
      },
    );

    it('fails where the server is in trouble, instead of leaving services out', async () => {
      reply(
        server,
        () => refusal(500),
        () => matrix([]),
      );
      await expect(
        source.fetchHourlyCounts(asked('cart'), { from, to: hoursLater(1) }),
      ).rejects.toThrow('could not be asked for names of metrics');
    });

    it('ends when its caller does', async () => {
      const caller = new AbortController();
      reply(server, spanMetricsOf(...many), () => {
        caller.abort(new Error('shutting down'));
        return matrix([]);
      });
      await expect(
        source.fetchHourlyCounts(
          asked(...many),
          { from, to: hoursLater(300 * 24) },
          { signal: caller.signal },
        ),
      ).rejects.toThrow('shutting down');
      expect(queries().length).toBeLessThanOrEqual(8);
    });
  });

  describe('dependencies', () => {
    const cartToStock = { client: 'cart', server: 'stock' };
    const graphOnly = (metric: string) =>
      labels(metric === 'traces_service_graph_request_total' ? ['stock'] : []);

    it('leave unreadable hours out and say so', async () => {
      reply(server, graphOnly, metric =>
        matrix(
          metric === 'traces_service_graph_request_total'
            ? [
                series(cartToStock, ['5', 'NaN', '7', '0']),
                series({ client: '', server: 'stock' }, ['1']),
              ]
            : [],
        ),
      );
      await expect(
        source.fetchDependencies({ from, to: hoursLater(4) }),
      ).resolves.toEqual({
        dependencies: [
          {
            ...cartToStock,
            connectionType: 'request',
            calls: 12,
            failedCalls: 0,
            latency: null,
            firstSeenAt: from,
            lastSeenAt: hoursLater(2),
          },
        ],
        warnings: [
          "Datasource 'main': traces_service_graph_request_total has values that are no numbers; calls in those hours are not counted",
        ],
      });
    });

    it('are asked by the day, except for the last day and what is left at the start', async () => {
      reply(server, graphOnly, () => matrix([]));
      await source.fetchDependencies({ from, to: hoursLater(5 + 24 * 10) });
      const plan = server.requests
        .filter(
          request =>
            request.path.endsWith('/query_range') && !isReview(request),
        )
        .map(({ parameters }) =>
          ['start', 'step'].map(key => Number(parameters.get(key)) / 3600),
        );
      const startHour = from.getTime() / HOUR_MS;
      const eachForTotalAndFailures = [
        [startHour + 1, 1],
        [startHour + 5 + 24, 24],
        [startHour + 5 + 24 * 8, 24],
        [startHour + 5 + 24 * 9 + 1, 1],
      ].flatMap(part => [part, part]);
      expect(plan.sort(([a], [b]) => a - b)).toEqual(eachForTotalAndFailures);
    });

    it('fail with the datasource named', async () => {
      reply(server, graphOnly, () => refusal(500));
      await expect(
        source.fetchDependencies({ from, to: hoursLater(1) }),
      ).rejects.toThrow(
        "Datasource 'main' could not be asked for traces_service_graph_request_total of all services",
      );
    });
  });
});
