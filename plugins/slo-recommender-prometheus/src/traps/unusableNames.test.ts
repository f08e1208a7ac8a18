import type { RecordedSeries } from '../__testUtils__/openMetrics';
import { describeWith, SERVERS } from '../__testUtils__/recordedServers';
import {
  lastDayOf,
  type RecordedSource,
  startRecordedSource,
} from './__testUtils__/recordedSource';
import { LAST_DAY, perHour } from './__testUtils__/trapRecording';

const counted = (
  metric: string,
  labels: Record<string, string>,
): RecordedSeries => ({
  metric,
  labels: { instance: 'a:8080', ...labels },
  samples: perHour(100),
});

const spans = (service: string) =>
  counted('traces_spanmetrics_calls_total', {
    job: 'tempo',
    service,
    span_kind: 'SPAN_KIND_SERVER',
    status_code: 'STATUS_CODE_UNSET',
  });
const http = (job: string, code = '200') =>
  counted('http_server_request_duration_seconds_count', {
    job,
    http_route: '/',
    http_response_status_code: code,
  });
const call = (client: string, server: string) =>
  counted('traces_service_graph_request_total', {
    job: 'tempo',
    client,
    server,
    connection_type: '',
  });

const PERSONAL = [
  'jane.doe@example.org',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJqYW5lIn0.c2lnbmF0dXJl',
  '550e8400-e29b-41d4-a716-446655440000',
];
const ADDRESSES = ['203.0.113.9', '10.42.3.4:8080', '[fd00::1]:8080'];
const PLACEHOLDERS = ['unknown_service:java', 'unknown_service', 'unknown'];

const RECORDING: RecordedSeries[] = [
  ...[...PERSONAL, ...ADDRESSES, ...PLACEHOLDERS, 'orders'].flatMap(name => [
    spans(name),
    http(`shop/${name}`, name === 'orders' ? '200' : '0'),
    call(name, 'orders'),
    call('orders', name),
  ]),
  http('jane.doe@example.org/basket'),
  http('shop/basket'),
];

describeWith(SERVERS, 'names that identify no service in %s', kind => {
  let recorded: RecordedSource;
  beforeAll(async () => {
    recorded = await startRecordedSource(RECORDING, kind);
  }, 60_000);
  afterAll(() => recorded.stop());

  it.each(PERSONAL)(
    'are not counted by, if they look personal: %s',
    async name => {
      const { counts, findings } = await lastDayOf(recorded.source, name);
      expect(counts).toBeUndefined();
      expect(findings).toEqual([
        expect.objectContaining({
          code: 'unusable_name',
          message: expect.stringContaining('personal data'),
        }),
      ]);
      expect(JSON.stringify(findings)).not.toContain(name);
    },
  );

  it.each([...ADDRESSES, ...PLACEHOLDERS, 'shop/unknown_service:java'])(
    'are not counted by, if strangers share them: %s',
    async name => {
      const { counts, findings } = await lastDayOf(recorded.source, name);
      expect(counts).toBeUndefined();
      expect(findings).toEqual([
        expect.objectContaining({
          code: 'unusable_name',
          message: expect.stringContaining(`'${name}' is`),
        }),
      ]);
    },
  );

  it.each(['orders', 'basket'])(
    'do not disturb those that do: %s',
    async name => {
      const { total, codes } = await lastDayOf(recorded.source, name);
      expect(total).toBe(2_400);
      expect(codes).not.toContain('unusable_name');
      expect(codes).not.toContain('ambiguous_name');
    },
  );

  it('are not in what is kept of a datasource, if they are of people or addresses', async () => {
    const learnt = await recorded.configured({}).learn?.(LAST_DAY);
    expect(learnt).toContain('orders');
    for (const name of [...PERSONAL, ...ADDRESSES]) {
      expect(learnt).not.toContain(name);
    }
  });
});
