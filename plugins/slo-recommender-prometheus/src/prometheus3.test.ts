import { spawnSync } from 'node:child_process';
import type { TelemetrySource } from 'backstage-plugin-slo-recommender-node';
import type { RecordedSeries } from './__testUtils__/openMetrics';
import { type Measured, push, startReceiver } from './__testUtils__/otlp';
import {
  describeWith,
  PROMETHEUS,
  type RecordedServer,
} from './__testUtils__/recordedServers';
import { createSource } from './testing/createSource';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const START = Date.parse('2023-11-14T00:00:00Z');
const HOURS = 12;
const RANGE = {
  from: new Date(START + HOUR_MS),
  to: new Date(START + HOURS * HOUR_MS),
};

/** Of them 0.05 s and 0.5 s are thresholds at which native histograms are read. */
const BOUNDS = [0.01, 0.05, 0.5, 5];

/** Requests with one status code; hours since the start. */
interface Traffic {
  code: number;
  perMinute: number;
  from?: number;
  to?: number;
  restartsAt?: number;
}

/** Cumulative counts as an SDK sends them: a series begins with its first request, and stays until the process ends. */
function measure({
  code,
  perMinute,
  from = -2,
  to = HOURS,
  restartsAt,
}: Traffic): Measured[] {
  const measured: Measured[] = [];
  let requests = 0;
  let startMs = START - 2 * HOUR_MS;
  for (let minute = -60; minute <= HOURS * 60; minute++) {
    const hour = minute / 60;
    const timeMs = START + minute * MINUTE_MS;
    if (hour === restartsAt) {
      requests = 0;
      startMs = timeMs - MINUTE_MS;
    }
    if (hour > from && hour <= to) requests += perMinute;
    if (requests > 0) {
      measured.push({
        attributes: { 'http.response.status_code': code },
        timeMs,
        startMs,
        took: new Map([
          [0.04, requests * 0.75],
          [0.3, requests * 0.25],
        ]),
      });
    }
  }
  return measured;
}

const SERVICES = new Map([
  [
    'steady',
    [
      ...measure({ code: 200, perMinute: 80 }),
      ...measure({ code: 404, perMinute: 16 }),
      ...measure({ code: 500, perMinute: 4 }),
    ],
  ],
  [
    'failing',
    [
      ...measure({ code: 200, perMinute: 80 }),
      // all at once, so that their series begins with the last of them
      ...measure({ code: 503, perMinute: 40, from: 5.5, to: 5.5 + 1 / 60 }),
    ],
  ],
  ['restarting', measure({ code: 200, perMinute: 80, restartsAt: 6.5 })],
]);

/** The same as classic histograms that were scraped. */
function scraped(): RecordedSeries[] {
  const series = new Map<string, RecordedSeries>();
  for (const [name, measured] of SERVICES) {
    for (const { attributes, timeMs, took } of measured) {
      const labels = {
        job: `shop/${name}`,
        instance: `${name}-0`,
        http_response_status_code: String(
          attributes['http.response.status_code'],
        ),
      };
      const add = (end: string, more: object, upTo: number) => {
        const metric = `http_server_request_duration_seconds_${end}`;
        const key = JSON.stringify([metric, labels, more]);
        const known = series.get(key) ?? {
          metric,
          labels: { ...labels, ...more },
          samples: [],
        };
        series.set(key, known);
        const reached = [...took]
          .filter(([seconds]) => seconds <= upTo)
          .reduce((sum, [, requests]) => sum + requests, 0);
        known.samples.push([timeMs, reached]);
      };
      add('count', {}, Infinity);
      BOUNDS.forEach(bound => add('bucket', { le: String(bound) }, bound));
      add('bucket', { le: '+Inf' }, Infinity);
    }
  }
  return [...series.values()];
}

/** A server to which it was pushed, by how Prometheus is to store it. */
async function pushed(
  bounds: readonly number[] | undefined,
  receiver: Record<string, string | boolean>,
): Promise<RecordedServer> {
  const server = await startReceiver(receiver);
  try {
    for (const [name, measured] of SERVICES) {
      const resource = {
        'service.name': name,
        'service.namespace': 'shop',
        'service.instance.id': `${name}-0`,
        'service.version': '2.1.0',
      };
      await push(server.url, resource, measured, bounds);
    }
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

type Form = [title: string, start: () => Promise<RecordedServer>];

const SCRAPED: Form = [
  'classic histograms that were scraped',
  () => PROMETHEUS.start(scraped()),
];

const STRATEGIES = [
  'UnderscoreEscapingWithSuffixes',
  'UnderscoreEscapingWithoutSuffixes',
  'NoUTF8EscapingWithSuffixes',
  'NoTranslation',
];

const PUSHED = STRATEGIES.flatMap((translation_strategy): Form[] => [
  [
    `classic histograms by OTLP, ${translation_strategy}`,
    () => pushed(BOUNDS, { translation_strategy }),
  ],
  [
    `exponential histograms by OTLP, ${translation_strategy}`,
    () => pushed(undefined, { translation_strategy }),
  ],
  [
    `histograms with custom buckets by OTLP, ${translation_strategy}`,
    () =>
      pushed(BOUNDS, {
        translation_strategy,
        convert_histograms_to_nhcb: true,
      }),
  ],
  [
    `classic histograms with resource attributes by OTLP, ${translation_strategy}`,
    () =>
      pushed(BOUNDS, {
        translation_strategy,
        promote_all_resource_attributes: true,
        keep_identifying_resource_attributes: true,
      }),
  ],
]);

/** Older versions have neither a receiver for OTLP nor names with dots, so that only what was scraped is counted there. */
const isVersion3 = /version 3\./.test(
  String(spawnSync('prometheus', ['--version']).stdout ?? ''),
);

describeWith([PROMETHEUS], 'the same requests in %s', () => {
  describe.each([SCRAPED, ...(isVersion3 ? PUSHED : [])])(
    'as %s',
    (_, start) => {
      let server: RecordedServer;
      let source: TelemetrySource;

      beforeAll(async () => {
        server = await start();
        source = createSource(server.url);
      }, 60_000);
      afterAll(() => server?.stop());

      const asked = (name: string) => [
        { entityRef: name, telemetryNames: [name] },
      ];

      const perHour = (requests: number, at: Record<number, number> = {}) =>
        Array.from(
          { length: HOURS - 1 },
          (__, hour) => at[hour + 1] ?? requests,
        );

      it.each([
        ['steady', perHour(6_000), perHour(240)],
        ['failing', perHour(4_800, { 5: 4_840 }), perHour(0, { 5: 40 })],
        ['shop/restarting', perHour(4_800), perHour(0)],
      ])('are counted: %s', async (name, total, bad) => {
        const answer = await source.fetchHourlyCounts(asked(name), RANGE);
        const counts = answer.counts.get(name);
        expect([...(counts?.total ?? [])]).toEqual(total);
        expect([...(counts?.bad ?? [])]).toEqual(bad);
        expect(counts?.evidence).toBe('otel-http-metrics');
        expect(answer.findings.get(name)).toBeUndefined();
        expect(answer.warnings).toEqual([]);
      });

      it('have the same latencies at the bounds of all forms', async () => {
        const answer = await source.fetchHourlyLatencies?.(
          asked('steady'),
          RANGE,
        );
        expect(answer?.warnings).toEqual([]);
        const { boundsSeconds = new Float64Array(), counts = [] } =
          answer?.latencies.get('steady') ?? {};
        const within = (seconds: number) => {
          const buckets = boundsSeconds.indexOf(seconds) + 1;
          return counts
            .slice(0, buckets)
            .reduce((sum, bucket) => sum + bucket[4], 0);
        };
        expect([within(0.05), within(0.5)]).toEqual([4_500, 6_000]);
      });
    },
  );

  if (isVersion3) {
    describe('by info() in a template', () => {
      let server: RecordedServer;
      beforeAll(async () => {
        server = await pushed(BOUNDS, {
          keep_identifying_resource_attributes: true,
        });
      }, 60_000);
      afterAll(() => server?.stop());

      const requests = `info(increase(http_server_request_duration_seconds_count[$range]), {service_name=~$services})`;
      // what Prometheus then says of a name without a suffix, and of a quantile above 1, does not make an answer partial
      const annotated = `${requests} and on (job, instance) increase(target_info[$range]) and on () (quantile(2, vector(1)) > 0)`;

      it('are counted by an attribute of the resource, with annotations', async () => {
        const source = createSource(server.url, {
          templates: {
            serviceLabel: 'service_name',
            requests: `sum by (service_name) (${annotated})`,
            failures: `sum by (service_name) (${requests.replace(
              '_count[',
              '_count{http_response_status_code=~"5.."}[',
            )})`,
          },
        });
        const answer = await source.fetchHourlyCounts(
          [{ entityRef: 'a', telemetryNames: ['steady'] }],
          RANGE,
        );
        const { total, bad } = answer.counts.get('a') ?? {};
        expect(new Set(total)).toEqual(new Set([6_000]));
        expect(new Set(bad)).toEqual(new Set([240]));
        expect(answer.warnings).toEqual([]);
      });

      it('come with annotations of both kinds', async () => {
        const query = annotated
          .replaceAll('$range', '1h')
          .replaceAll('$services', '"steady"');
        const time = String(RANGE.to.getTime() / 1_000);
        const answer = await fetch(
          `${server.url}/api/v1/query?${new URLSearchParams({ query, time })}`,
        );
        await expect(answer.json()).resolves.toMatchObject({
          infos: [expect.stringMatching(/^PromQL info: metric might not be/)],
          warnings: [expect.stringMatching(/^PromQL warning: quantile value/)],
        });
      });
    });
  }
});
