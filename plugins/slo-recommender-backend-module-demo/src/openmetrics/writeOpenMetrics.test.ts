import { HOUR_MS } from 'backstage-plugin-slo-recommender-node';
import { Writable } from 'node:stream';
import { SimulatedCompany } from '../simulation';
import { type OpenMetricsOptions, writeOpenMetrics } from './writeOpenMetrics';

const ANCHOR = Date.UTC(2026, 0, 31);
const company = new SimulatedCompany({ anchor: new Date(ANCHOR) });

async function exportOf(options: Partial<OpenMetricsOptions> = {}) {
  const chunks: string[] = [];
  // A small buffer, so that the writer has to wait.
  const output = new Writable({
    highWaterMark: 100,
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      chunks.push(chunk);
      setImmediate(done);
    },
  });
  await writeOpenMetrics(
    company,
    {
      from: new Date(ANCHOR - 2 * HOUR_MS),
      to: new Date(ANCHOR),
      now: ANCHOR,
      ...options,
    },
    output,
  );
  return chunks.join('').split('\n');
}

describe('writeOpenMetrics', () => {
  it('writes each family once, under its type, and ends with EOF', async () => {
    const lines = await exportOf();
    expect(lines.filter(line => line.startsWith('#'))).toEqual([
      '# TYPE traces_span_metrics_calls counter',
      '# TYPE traces_span_metrics_duration_milliseconds histogram',
      '# TYPE traces_service_graph_request counter',
      '# TYPE traces_service_graph_request_failed counter',
      '# EOF',
    ]);
    expect(lines.slice(-2)).toEqual(['# EOF', '']);
  });

  it('counts from 0 at the start, every quarter of an hour', async () => {
    const lines = await exportOf();
    const checkout = lines.filter(line =>
      line.startsWith(
        'traces_span_metrics_calls_total{service_name="checkout",span_kind="SPAN_KIND_SERVER",status_code="STATUS_CODE_UNSET"}',
      ),
    );
    expect(checkout).toHaveLength(9);
    expect(checkout[0]).toMatch(/ 0 1769810400$/);
  });

  it.each([
    [
      'a service',
      'traces_span_metrics_calls_total{service_name="order",span_kind="SPAN_KIND_SERVER",status_code="STATUS_CODE_ERROR"}',
    ],
    [
      'requests within a bound',
      'traces_span_metrics_duration_milliseconds_bucket{service_name="order",span_kind="SPAN_KIND_SERVER",le="400"}',
    ],
    [
      'all requests that were timed',
      'traces_span_metrics_duration_milliseconds_bucket{service_name="inventory",span_kind="SPAN_KIND_SERVER",le="+Inf"}',
    ],
    [
      'a user',
      'traces_service_graph_request_total{client="user",server="api-gateway",connection_type="virtual_node"}',
    ],
    [
      'a request',
      'traces_service_graph_request_total{client="checkout",server="payment-service",connection_type=""}',
    ],
    [
      'a queue',
      'traces_service_graph_request_total{client="order",server="notification",connection_type="messaging_system"}',
    ],
    [
      'a database',
      'traces_service_graph_request_failed_total{client="auth",server="user-db",connection_type="database"}',
    ],
  ])('has a series for %s', async (_, series) => {
    const lines = await exportOf({ stepMinutes: 60 });
    expect(lines.filter(line => line.startsWith(`${series} `))).toHaveLength(3);
  });

  it.each([
    ['a database emits no spans of its own', 'service_name="user-db"'],
    ['nobody calls the store locator', 'server="store-locator"'],
  ])('%s', async (_, label) => {
    const lines = await exportOf({ stepMinutes: 60 });
    expect(lines.filter(line => line.includes(label))).toEqual([]);
  });

  it('writes nothing of hours that are not over', async () => {
    const whole = await exportOf({ stepMinutes: 60 });
    const early = await exportOf({ stepMinutes: 60, now: ANCHOR - 1 });
    const seconds = (lines: string[]) =>
      Math.max(...lines.map(line => Number(line.split(' ')[2]) || 0));
    expect(seconds(whole) - seconds(early)).toBe(3600);
  });

  it.each([
    [{ stepMinutes: 7 }, /stepMinutes .* is 7; it must divide 60/],
    [{ stepMinutes: 0.5 }, /stepMinutes .* is 0.5/],
    [{ from: new Date(ANCHOR + 1) }, /both must be full hours/],
    [{ from: new Date(ANCHOR + HOUR_MS) }, /the first not after the second/],
    [{ to: new Date(NaN) }, /both must be full hours/],
  ])('refuses %j', async (options, message) => {
    await expect(exportOf(options)).rejects.toThrow(message);
  });
});
