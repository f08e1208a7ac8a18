import type { RecordedSeries } from '../../__testUtils__/openMetrics';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const START = Date.parse('2023-11-14T10:00:00Z');

/** Six hours; what is recorded begins two hours before them. */
export const RANGE = {
  from: new Date(START),
  to: new Date(START + 6 * HOUR_MS),
};

/** Requests a minute in each bucket alone, by the text of its upper bound; a function of the minutes since 10:00. */
type Pace = [le: string, requests: number | ((minute: number) => number)][];

interface Recorded {
  metric?: string;
  labels?: Record<string, string>;
  /** Minutes since 10:00. */
  from?: number;
  to?: number;
  /** What the counters of all buckets together begin with. */
  first?: number;
}

const CALLS = 'traces_span_metrics_calls_total';
const SECONDS = 'traces_span_metrics_duration_seconds_bucket';

function sampled(
  valueAt: (minute: number) => number,
  { from = -120, to = 360 }: Recorded = {},
): RecordedSeries['samples'] {
  return Array.from({ length: to - from + 1 }, (_, index) => [
    START + (from + index) * MINUTE_MS,
    valueAt(from + index),
  ]);
}

const target = { job: 'collector', instance: 'collector-0' };

const spansOf = (service: string) => ({
  ...target,
  service_name: service,
  span_kind: 'SPAN_KIND_SERVER',
});

/** A classic histogram that counts from `first` on. */
function histogram(
  labels: Record<string, string>,
  pace: Pace,
  options: Recorded = {},
): RecordedSeries[] {
  const { metric = SECONDS, from = -120, first = 1_000 } = options;
  const reached = (upTo: number) => (minute: number) =>
    pace.slice(0, upTo + 1).reduce((sum, [, one]) => {
      const requests = typeof one === 'number' ? one : one(minute);
      return (
        sum + (typeof one === 'number' ? requests * (minute - from) : requests)
      );
    }, first);
  return pace.map(([le], index) => ({
    metric,
    labels: { ...labels, ...options.labels, le },
    samples: sampled(reached(index), options),
  }));
}

/** A service with spans and their histogram. */
const service = (name: string, pace: Pace, options: Recorded = {}) => [
  ...calls(name),
  ...histogram(spansOf(name), pace, options),
];

function calls(name: string, perMinute = 6): RecordedSeries[] {
  return [
    {
      metric: CALLS,
      labels: { ...spansOf(name), status_code: 'STATUS_CODE_UNSET' },
      samples: sampled(minute => 10_000 + perMinute * minute),
    },
  ];
}

const graph = (
  client: string,
  server: string,
  type: string,
  pace: Pace,
): RecordedSeries[] => [
  {
    metric: 'traces_service_graph_request_total',
    labels: { job: 'tempo', client, server, connection_type: type },
    samples: sampled(minute => 10_000 + 6 * minute),
  },
  ...histogram({ job: 'tempo', client, server, connection_type: type }, pace, {
    metric: 'traces_service_graph_request_server_seconds_bucket',
  }),
];

const pace: Pace = [
  ['0.1', 1],
  ['0.5', 2],
  ['1', 3],
  ['+Inf', 4],
];

/** Histograms of a day as exporters leave them; each group is the case of the service it is named after. */
export const LATENCY_RECORDING: RecordedSeries[] = [
  ...service('steady', pace),
  ...histogram({ ...spansOf('steady'), span_kind: 'SPAN_KIND_CLIENT' }, [
    ['0.1', 100],
    ['+Inf', 100],
  ]),
  ...service('begins', pace, { from: 125, first: 5 }),
  ...service(
    'restarts',
    [
      ['0.1', minute => (minute < 150 ? 500 + minute : minute - 150)],
      ['+Inf', minute => (minute < 150 ? 500 + minute : minute - 150)],
    ],
    { first: 0 },
  ),

  // trap 7: one instance was scraped by Prometheus 2, the other by Prometheus 3
  ...service('both-spellings', pace, { labels: { instance: 'a' } }),
  ...histogram(
    spansOf('both-spellings'),
    [
      ['0.1', 1],
      ['0.5', 2],
      ['1.0', 3],
      ['+Inf', 4],
    ],
    { labels: { instance: 'b' } },
  ),
  // and this one changed from the one to the other while it ran
  ...service('changed-spelling', [
    ['0.1', 1],
    ['0.5', 2],
    ['+Inf', 7],
  ]),
  {
    metric: SECONDS,
    labels: { ...spansOf('changed-spelling'), le: '1' },
    samples: sampled(minute => 1_000 + 6 * (minute + 120), { to: 89 }),
  },
  {
    metric: SECONDS,
    labels: { ...spansOf('changed-spelling'), le: '1.0' },
    samples: sampled(minute => 1_000 + 6 * (minute + 120), { from: 90 }),
  },

  ...service('two-libraries', pace, { labels: { instance: 'a' } }),
  ...histogram(
    spansOf('two-libraries'),
    [
      ['0.1', 10],
      ['0.25', 20],
      ['1', 30],
      ['+Inf', 40],
    ],
    { labels: { instance: 'b' } },
  ),

  ...service('old-collector', [
    ['2', 0],
    ['100', 1],
    ['1000', 2],
    ['15000', 3],
    ['+Inf', 0],
  ]),
  ...service(
    'half-updated',
    [
      ['2', 1],
      ['10', 1],
      ['1000', 1],
      ['15000', 1],
      ['+Inf', 1],
    ],
    {
      labels: { instance: 'a' },
    },
  ),
  ...histogram(
    spansOf('half-updated'),
    [
      ['0.002', 1],
      ['2', 1],
      ['10', 1],
      ['15', 1],
      ['+Inf', 1],
    ],
    { labels: { instance: 'b' } },
  ),
  ...service(
    'in-milliseconds',
    [
      ['5', 1],
      ['250', 2],
      ['+Inf', 3],
    ],
    {
      metric: 'traces_span_metrics_duration_milliseconds_bucket',
    },
  ),

  ...service('fast', [
    ['0.1', 1_000],
    ['0.2', 1],
    ['+Inf', 0],
  ]),
  ...service(
    'impossible',
    [
      ['0.1', 3],
      ['0.5', minute => -4 * Math.min(60, Math.max(0, minute - 180))],
      ['+Inf', 3],
    ],
    { first: 5_000 },
  ),

  // trap 5: a tenth of the spans, the slow ones, was kept
  ...calls('sampled', 1),
  ...histogram(spansOf('sampled'), [
    ['0.1', 0],
    ['1', 0],
    ['+Inf', 1],
  ]),
  ...histogram(
    {
      job: 'sampled',
      instance: 'sampled:8080',
      http_response_status_code: '200',
    },
    [
      ['0.1', 9],
      ['1', 0],
      ['+Inf', 1],
    ],
    { metric: 'http_server_request_duration_seconds_bucket' },
  ),
  {
    metric: 'http_server_request_duration_seconds_count',
    labels: {
      job: 'sampled',
      instance: 'sampled:8080',
      http_response_status_code: '200',
    },
    samples: sampled(minute => 10_000 + 10 * minute),
  },

  // trap 2: nobody measures what a server without instrumentation takes
  ...graph('web', 'graph-only', '', pace),
  ...graph('user', 'graph-only', 'virtual_node', pace),
  ...graph('web', 'outside', 'virtual_node', [
    ['0.1', 10],
    ['+Inf', 0],
  ]),
  ...graph('web', 'orders-db', 'database', [
    ['0.1', 10],
    ['+Inf', 0],
  ]),
];
