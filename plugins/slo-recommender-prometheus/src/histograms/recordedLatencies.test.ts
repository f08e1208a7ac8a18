import type {
  HourlyLatencies,
  TelemetrySource,
} from 'backstage-plugin-slo-recommender-node';
import { createSource } from '../testing/createSource';
import {
  describeWith,
  type RecordedServer,
  SERVERS,
} from '../__testUtils__/recordedServers';
import { LATENCY_RECORDING, RANGE } from './__testUtils__/latencyRecording';

describeWith(SERVERS, 'latencies from a real %s', kind => {
  let server: RecordedServer;
  let source: TelemetrySource;

  beforeAll(async () => {
    server = await kind.start(LATENCY_RECORDING);
    source = createSource(server.url);
  }, 60_000);

  afterAll(() => server?.stop());

  async function latenciesOf(...telemetryNames: string[]) {
    const entityRef = 'component:default/asked';
    const answer = await source.fetchHourlyLatencies?.(
      [{ entityRef, telemetryNames }],
      RANGE,
    );
    expect(answer?.warnings).toEqual([]);
    const latencies = answer?.latencies.get(entityRef);
    return {
      latencies: latencies && readable(latencies),
      codes: answer?.findings?.get(entityRef)?.map(({ code }) => code) ?? [],
    };
  }

  function readable({ boundsSeconds, counts, evidence }: HourlyLatencies) {
    return {
      evidence,
      bounds: [...boundsSeconds],
      counts: counts.map(bucket => [...bucket]),
    };
  }

  /** The same number in all hours but some, which are unknown. */
  const hourly = (perMinute: number, ...unknown: number[]) =>
    Array.from({ length: 6 }, (_, hour) =>
      unknown.includes(hour) ? NaN : perMinute * 60,
    );

  it('are those of the server spans, to the request', async () => {
    await expect(latenciesOf('steady')).resolves.toEqual({
      latencies: {
        evidence: 'otel-collector-span-metrics',
        bounds: [0.1, 0.5, 1],
        counts: [hourly(1), hourly(2), hourly(3), hourly(4)],
      },
      codes: [],
    });
  });

  it('are unknown before the first, which is counted too', async () => {
    const { latencies } = await latenciesOf('begins');
    // 5 requests before the first scrape, all of them fast, and 55 minutes of the hour
    expect(latencies?.counts).toEqual([
      [NaN, NaN, 60, 60, 60, 60],
      [NaN, NaN, 110, 120, 120, 120],
      [NaN, NaN, 165, 180, 180, 180],
      [NaN, NaN, 220, 240, 240, 240],
    ]);
  });

  it('survive a restart', async () => {
    const { latencies } = await latenciesOf('restarts');
    // a minute around the restart is not scraped
    expect(latencies?.counts).toEqual([
      [60, 60, 59, 60, 60, 60],
      [60, 60, 59, 60, 60, 60],
    ]);
  });

  it('add up over the names of a service', async () => {
    const { latencies } = await latenciesOf('steady', 'fast');
    expect(latencies?.bounds).toEqual([0.1]);
    expect(latencies?.counts).toEqual([hourly(1_001), hourly(10)]);
  });

  describe('trap 2: a side that does not exist takes 0 s', () => {
    it('red: servers without instrumentation have no latencies', async () => {
      for (const name of ['outside', 'orders-db']) {
        await expect(latenciesOf(name)).resolves.toMatchObject({
          latencies: undefined,
        });
      }
    });

    it('green: the service graph tells those of all callers, users included', async () => {
      await expect(latenciesOf('graph-only')).resolves.toMatchObject({
        latencies: {
          evidence: 'service-graph',
          counts: [hourly(2), hourly(4), hourly(6), hourly(8)],
        },
      });
    });
  });

  describe('trap 4: below the lowest bucket nothing is known', () => {
    it('red: it is told where nearly all requests lie there', async () => {
      const { codes } = await latenciesOf('fast');
      expect(codes).toEqual(['bucket_floor']);
    });

    it('green: it is not where the buckets do', async () => {
      const { codes } = await latenciesOf('steady');
      expect(codes).toEqual([]);
    });
  });

  it('trap 5: are not those of the spans that sampling left', async () => {
    const { latencies } = await latenciesOf('sampled');
    expect(latencies).toEqual({
      evidence: 'otel-http-metrics',
      bounds: [0.1, 1],
      counts: [hourly(9), hourly(0), hourly(1)],
    });
  });

  describe('trap 7: le="1" and le="1.0" are one bound', () => {
    it('green: of two instances both are added', async () => {
      const { latencies, codes } = await latenciesOf('both-spellings');
      expect(latencies?.bounds).toEqual([0.1, 0.5, 1]);
      expect(latencies?.counts).toEqual([2, 4, 6, 8].map(n => hourly(n)));
      expect(codes).toEqual([]);
    });

    it('red: in the hour in which one becomes the other it is unknown', async () => {
      const { latencies } = await latenciesOf('changed-spelling');
      expect(latencies?.bounds).toEqual([0.1, 0.5, 1]);
      expect(latencies?.counts).toEqual(
        [1, 2, 3, 4].map(perMinute => hourly(perMinute, 1)),
      );
    });
  });

  describe('instances with different buckets', () => {
    it('are told by the bounds that both have', async () => {
      await expect(latenciesOf('two-libraries')).resolves.toMatchObject({
        latencies: {
          bounds: [0.1, 1],
          counts: [hourly(11), hourly(55), hourly(44)],
        },
        codes: ['latency_buckets_differ'],
      });
    });
  });

  describe('milliseconds under a name that says seconds', () => {
    it('are converted and told', async () => {
      await expect(latenciesOf('old-collector')).resolves.toMatchObject({
        latencies: {
          bounds: [0.002, 0.1, 1, 15],
          counts: [0, 1, 2, 3, 0].map(n => hourly(n)),
        },
        codes: ['milliseconds_as_seconds'],
      });
    });

    it('are unknown beside seconds of another instance', async () => {
      await expect(latenciesOf('half-updated')).resolves.toEqual({
        latencies: undefined,
        codes: ['mixed_latency_units'],
      });
    });

    it('are what they say under a name that says milliseconds', async () => {
      await expect(latenciesOf('in-milliseconds')).resolves.toMatchObject({
        latencies: {
          bounds: [0.005, 0.25],
          counts: [1, 2, 3].map(n => hourly(n)),
        },
        codes: [],
      });
    });
  });

  it('are unknown in an hour in which fewer requests lie below a higher bound', async () => {
    const { latencies } = await latenciesOf('impossible');
    expect(latencies?.counts[0]).toEqual(hourly(3, 3));
  });

  it('are not there for a service of which nobody knows', async () => {
    await expect(latenciesOf('nobody')).resolves.toEqual({
      latencies: undefined,
      codes: [],
    });
  });
});
