import { HOUR_MS } from 'backstage-plugin-slo-recommender-node';
import type { RecordedSeries } from './openMetrics';

const MINUTE_MS = 60_000;
export const START = Date.parse('2023-11-14T10:00:00Z');
export const RANGE = {
  from: new Date(START),
  to: new Date(START + 6 * HOUR_MS),
};

/** Instant on the day of the recording. */
export const at = (time: string) => Date.parse(`2023-11-14T${time}:00Z`);

/** Samples from `from` to `to`, both included, `valueAt` telling the counter by minutes since 10:00. */
function sampled(
  from: string,
  to: string,
  valueAt: (minute: number) => number,
  everyMinutes = 1,
  jitterSeconds = 0,
): RecordedSeries['samples'] {
  const samples: RecordedSeries['samples'] = [];
  let sign = 1;
  for (let time = at(from); time <= at(to); time += everyMinutes * MINUTE_MS) {
    sign = -sign;
    samples.push([
      time + sign * jitterSeconds * 1000,
      valueAt((time - START) / MINUTE_MS),
    ]);
  }
  return samples;
}

const spans = (
  service: string,
  status: 'UNSET' | 'ERROR',
  samples: RecordedSeries['samples'],
  job = 'collector',
  labels: Record<string, string> = {},
): RecordedSeries => ({
  metric: 'traces_span_metrics_calls_total',
  labels: {
    job,
    instance: 'collector-0',
    service_name: service,
    span_kind: 'SPAN_KIND_SERVER',
    status_code: `STATUS_CODE_${status}`,
    ...labels,
  },
  samples,
});

const edge = (
  client: string,
  server: string,
  samples: RecordedSeries['samples'],
  labels: Record<string, string> = {},
  metric = 'traces_service_graph_request_total',
): RecordedSeries => ({
  metric,
  labels: { job: 'tempo', client, server, connection_type: '', ...labels },
  samples,
});
const failedEdge = (
  client: string,
  server: string,
  samples: RecordedSeries['samples'],
  labels: Record<string, string> = {},
) =>
  edge(
    client,
    server,
    samples,
    labels,
    'traces_service_graph_request_failed_total',
  );

/** One request a minute, from two hours before the range to its end. */
const steady = sampled('08:00', '16:00', minute => 10_000 + minute);
export const everyMinute = [60, 60, 60, 60, 60, 60];
export const none = [0, 0, 0, 0, 0, 0];

export const STRANGE_NAMES = [
  'quo"te\\back\\\\slash',
  'line\nfeed\ttab',
  'a.b+c*(d)|[e]{f}^$?',
  'Ünïçødé – 店 🛒',
];

/** Counters of one day as exporters leave them; each group is the case of the service it is named after. */
export const RECORDING: RecordedSeries[] = [
  spans('steady', 'UNSET', steady),

  spans('burst', 'UNSET', steady),
  spans('burst', 'ERROR', [
    ...sampled('11:20', '11:45', minute => Math.min(5, 3 + (minute - 80) / 5)),
    ...sampled('13:05', '13:20', () => 1),
    ...sampled('14:40', '14:40', () => 2),
  ]),

  spans(
    'rarely-called',
    'UNSET',
    sampled('12:10', '12:25', () => 4),
  ),

  spans('gone-around-noon', 'UNSET', steady),
  spans('gone-around-noon', 'ERROR', [
    ...sampled('11:30', '11:50', () => 1),
    ...sampled('12:30', '12:45', () => 1),
  ]),

  spans(
    'outage',
    'UNSET',
    [
      ...sampled('08:00', '11:50', minute => 1_000_000 + minute),
      ...sampled('13:20', '16:00', minute => 1_000_000 + minute),
    ],
    'interrupted',
  ),
  spans(
    'outage',
    'ERROR',
    [
      ...sampled('08:00', '11:50', () => 70_000),
      ...sampled('13:20', '16:00', () => 70_000),
    ],
    'interrupted',
  ),

  spans(
    'begins',
    'UNSET',
    sampled('12:30', '16:00', minute => 500_000 + minute),
    'added-later',
  ),

  spans(
    'restarts',
    'UNSET',
    sampled('08:00', '16:00', minute =>
      minute < 150 ? 10_000 + minute : minute - 150,
    ),
  ),

  spans(
    'scraped-every-5-minutes',
    'UNSET',
    sampled('08:00', '16:00', minute => 900_000 + minute, 5, 20),
    'five',
  ),
  spans(
    'scraped-every-15-minutes',
    'UNSET',
    sampled('08:00', '16:00', minute => 900_000 + minute, 15, 20),
    'fifteen',
  ),

  spans(
    'recorded-by-the-hour',
    'UNSET',
    sampled('08:00', '16:00', minute => 900_000 + minute, 60),
    'sixty',
  ),

  spans('client-only', 'UNSET', steady, 'collector', {
    span_kind: 'SPAN_KIND_CLIENT',
  }),
  spans('old-name', 'UNSET', steady),
  spans('new-name', 'UNSET', steady),
  spans('new-name', 'ERROR', steady),

  ...STRANGE_NAMES.map(name => spans(name, 'UNSET', steady)),
  spans('aXbbc(d)', 'UNSET', steady),

  {
    ...spans('old-collector', 'UNSET', steady),
    metric: 'calls_total',
  },
  {
    metric: 'traces_spanmetrics_calls_total',
    labels: {
      service: 'traced-by-tempo',
      span_kind: 'SPAN_KIND_CONSUMER',
      status_code: 'STATUS_CODE_ERROR',
    },
    samples: steady,
  },
  {
    ...spans('alloy', 'UNSET', steady),
    metric: 'traces_spanmetrics_calls_total',
  },

  edge('web', 'graph-only', steady),
  edge('user', 'graph-only', steady, { connection_type: 'virtual_node' }),
  failedEdge(
    'web',
    'graph-only',
    sampled('12:10', '12:25', () => 4),
  ),
  edge('web', 'steady', steady),
  failedEdge('web', 'failures-without-total', steady),

  edge('web', 'labelled', steady, { failed: 'false' }),
  edge(
    'web',
    'labelled',
    sampled('08:00', '16:00', m => 500 + m / 6, 6),
    {
      failed: 'true',
    },
  ),
  edge('web', 'labelled-twice', steady, { failed: 'false' }),
  edge('web', 'labelled-twice', steady, { failed: 'true' }),
  failedEdge('web', 'labelled-twice', steady, { failed: 'true' }),

  edge('web', 'queue-worker', steady, { connection_type: 'messaging_system' }),
  edge(
    'web',
    'orders-db',
    sampled('12:00', '13:00', m => m - 120),
    {
      connection_type: 'database',
    },
  ),
];
