import { HOUR_MS } from 'backstage-plugin-slo-recommender-node';
import type { RecordedSeries } from '../__testUtils__/openMetrics';
import {
  describeWith,
  type RecordedServer,
  SERVERS,
} from '../__testUtils__/recordedServers';
import { createSource } from '../testing/createSource';

const START = Date.parse('2023-11-14T00:00:00Z');
const HOURS = 12;
const RANGE = {
  from: new Date(START + HOUR_MS),
  to: new Date(START + HOURS * HOUR_MS),
};

/** Long, as generated names are: 300 of them do not fit into the 16 KB of a query that VictoriaMetrics takes. */
const NAMES = Array.from(
  { length: 700 },
  (_, index) =>
    `checkout-and-payment-orchestration-worker-in-region-${index + 1}`,
);

const RECORDING: RecordedSeries[] = NAMES.map((service, index) => ({
  metric: 'traces_span_metrics_calls_total',
  labels: {
    job: 'collector',
    instance: 'collector-0',
    service_name: service,
    span_kind: 'SPAN_KIND_SERVER',
    status_code: 'STATUS_CODE_UNSET',
  },
  samples: Array.from({ length: HOURS * 12 + 1 }, (_, sample) => [
    START + sample * (HOUR_MS / 12),
    1_000 + sample * (index + 1),
  ]),
}));

describeWith(SERVERS, 'many services with long names in %s', kind => {
  let server: RecordedServer;
  beforeAll(async () => {
    server = await kind.start(RECORDING);
  }, 60_000);
  afterAll(() => server?.stop());

  it.each([
    ['all of them', NAMES],
    ['less than half of them', NAMES.slice(0, 300)],
  ])(
    'are counted: %s',
    async (_, names) => {
      const { counts, warnings } = await createSource(
        server.url,
      ).fetchHourlyCounts(
        names.map(name => ({ entityRef: name, telemetryNames: [name] })),
        RANGE,
      );
      expect(warnings).toEqual([]);
      const wrong = names.filter((name, index) =>
        counts.get(name)?.total.some(total => total !== 12 * (index + 1)),
      );
      expect(counts.size).toBe(names.length);
      expect(wrong).toEqual([]);
    },
    30_000,
  );
});
