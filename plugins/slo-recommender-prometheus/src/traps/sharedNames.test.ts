import type { RecordedSeries } from '../__testUtils__/openMetrics';
import { describeWith, SERVERS } from '../__testUtils__/recordedServers';
import {
  type RecordedSource,
  startRecordedSource,
} from './__testUtils__/recordedSource';
import { LAST_DAY, perHour } from './__testUtils__/trapRecording';

const http = (job: string, rate: number): RecordedSeries => ({
  metric: 'http_server_request_duration_seconds_count',
  labels: {
    job,
    instance: `${job}:8080`,
    http_route: '/',
    http_response_status_code: '200',
  },
  samples: perHour(rate),
});

const mesh = (namespace: string, name: string, rate: number) => ({
  metric: 'istio_requests_total',
  labels: {
    job: 'istio',
    reporter: 'destination',
    source_canonical_service: 'web',
    destination_canonical_service: name,
    destination_workload_namespace: namespace,
    response_code: '200',
  },
  samples: perHour(rate),
});

const RECORDING: RecordedSeries[] = [
  http('blue/api-x', 100),
  http('green/api-x', 200),
  http('team-a/twin', 10),
  http('team-b/twin', 20),
  http('red/alone', 30),
  mesh('blue', 'ledger', 40),
  mesh('green', 'ledger', 50),
];

describeWith(SERVERS, 'one name in several namespaces in %s', kind => {
  let recorded: RecordedSource;
  beforeAll(async () => {
    recorded = await startRecordedSource(RECORDING, kind);
  }, 60_000);
  afterAll(() => recorded.stop());

  async function ask(entityRef: string, ...namesOfOthers: string[]) {
    const name = entityRef.slice(entityRef.indexOf('/') + 1);
    const { counts, findings } = await recorded.source.fetchHourlyCounts(
      [{ entityRef, telemetryNames: [name], namesOfOthers }],
      LAST_DAY,
    );
    return {
      requests: counts.get(entityRef)?.total.reduce((sum, one) => sum + one, 0),
      codes: findings.get(entityRef)?.map(({ code }) => code) ?? [],
    };
  }

  it.each([
    ['component:blue/api-x', 2_400],
    ['component:green/api-x', 4_800],
    ['component:team-b/twin', 480],
    ['component:blue/ledger', 960],
  ])('is that of the namespace of the entity: %s', async (ref, requests) => {
    const found = await ask(ref);
    expect(found.requests).toBe(requests);
    expect(found.codes).toContain('name_by_namespace');
    expect(found.codes).not.toContain('ambiguous_name');
  });

  it.each([
    'component:default/twin',
    'component:other/api-x',
    'component:default/ledger',
  ])('is of nobody, if the entity is in none of them: %s', async ref => {
    const found = await ask(ref);
    expect(found.requests).toBeUndefined();
    expect(found.codes).toContain('ambiguous_name');
  });

  it('is not of a service, if another one is annotated with the namespace', async () => {
    await expect(
      ask('component:default/alone', 'red/alone'),
    ).resolves.toMatchObject({ requests: undefined });
    const left = await ask('component:default/twin', 'team-a/twin');
    expect(left.requests).toBe(480);
    expect(left.codes).toContain('name_by_namespace');
    const none = await ask('component:x/twin', 'team-a/twin', 'team-b/twin');
    expect(none.requests).toBeUndefined();
  });

  it('is enough, if it is in one alone', async () => {
    await expect(ask('component:default/alone')).resolves.toEqual({
      requests: 720,
      codes: [],
    });
  });
});
