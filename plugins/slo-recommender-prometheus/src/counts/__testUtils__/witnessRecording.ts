import { HOUR_MS } from 'backstage-plugin-slo-recommender-node';
import type { RecordedSeries } from '../../__testUtils__/openMetrics';

const SAMPLE_MS = 10 * 60_000;
const START = Date.parse('2023-11-13T00:00:00Z');
const END = Date.parse('2023-11-30T00:00:00Z');

/** Two weeks and some days, of which the first is only there so that there is something before. */
export const RANGE = {
  from: new Date(START + 24 * HOUR_MS),
  to: new Date(END),
};

/** The hours of the range that begin at or after the first instant and before the second. */
export function hoursBetween(from: string, to: string): number[] {
  const hourOf = (instant: string) =>
    (Date.parse(`2023-11-${instant}:00Z`) - RANGE.from.getTime()) / HOUR_MS;
  return Array.from(
    { length: hourOf(to) - hourOf(from) },
    (_, index) => hourOf(from) + index,
  );
}

/** When a series is there, or counts. */
type When = (instant: Date) => boolean;

export const always: When = () => true;
export const daily =
  (from: number, to: number): When =>
  instant =>
    hourOfDay(instant) >= from && hourOfDay(instant) <= to;
export const on =
  (days: number[], when: When): When =>
  instant =>
    days.includes(instant.getUTCDay()) && when(instant);
export const between =
  (from: string, to: string): When =>
  instant =>
    instant.getTime() > Date.parse(`2023-11-${from}:00Z`) &&
    instant.getTime() <= Date.parse(`2023-11-${to}:00Z`);
export const before = (end: string): When => between('01T00:00', end);
export const except =
  (when: When): When =>
  instant =>
    !when(instant);

function hourOfDay(instant: Date): number {
  return instant.getUTCHours() + instant.getUTCMinutes() / 60;
}

/** A counter that counts at a steady pace, from a high number on, while `counts`, and has samples while `isThere`. */
function counter(
  perHour: number,
  counts: When,
  isThere: When = always,
): RecordedSeries['samples'] {
  const samples: RecordedSeries['samples'] = [];
  let value = 1_000;
  for (let time = START; time <= END; time += SAMPLE_MS) {
    const instant = new Date(time);
    if (counts(instant)) value += (perHour * SAMPLE_MS) / HOUR_MS;
    if (isThere(instant)) samples.push([time, Math.round(value)]);
  }
  return samples;
}

/** Series that the exporter drops when they idle: they begin with what was counted since they came back. */
function dropped(perHour: number, isThere: When): RecordedSeries['samples'] {
  const samples: RecordedSeries['samples'] = [];
  let value = 0;
  for (let time = START; time <= END; time += SAMPLE_MS) {
    if (!isThere(new Date(time))) {
      value = 0;
      continue;
    }
    value += (perHour * SAMPLE_MS) / HOUR_MS;
    samples.push([time, Math.round(value)]);
  }
  return samples;
}

const spans = (
  service: string,
  samples: RecordedSeries['samples'],
  labels: Record<string, string> = {},
): RecordedSeries => ({
  metric: 'traces_span_metrics_calls_total',
  labels: {
    job: 'collector',
    instance: 'collector-0',
    service_name: service,
    span_kind: 'SPAN_KIND_SERVER',
    status_code: 'STATUS_CODE_UNSET',
    ...labels,
  },
  samples,
});

const http = (
  job: string,
  code: number,
  samples: RecordedSeries['samples'],
  labels: Record<string, string> = {},
): RecordedSeries => ({
  metric: 'http_server_request_duration_seconds_count',
  labels: {
    job,
    instance: '10.0.0.7:8080',
    http_response_status_code: String(code),
    ...labels,
  },
  samples,
});

const present = (
  metric: string,
  job: string,
  isThere: When,
): RecordedSeries => ({
  metric,
  labels: { job, instance: '10.0.0.7:8080' },
  samples: counter(0, always, isThere).map(([time]) => [time, 1]),
});

const WORKDAYS = [1, 2, 3, 4, 5];
const crash = between('20T09:55', '20T15:00');
const longCrash = between('20T09:55', '21T16:00');
const night = daily(22, 24);

/** What exporters write of services that are idle, and of services that are down. */
const IDLE: RecordedSeries[] = [
  spans('steady', counter(600, always)),
  spans('night-shop', dropped(600, daily(7, 20))),
  spans('flat-night-shop', counter(600, daily(7, 20))),
  spans('nightly-export', dropped(156, daily(2, 2.34)), {
    span_kind: 'SPAN_KIND_CONSUMER',
  }),
  spans('office-hours', dropped(600, on(WORKDAYS, daily(8, 18)))),
  spans('weekly-batch', dropped(1_200, on([0], daily(2, 2.5)))),
  spans('seldom', dropped(6, on([2, 3, 6], daily(11, 11.4)))),
  spans('crashed', counter(600, always, except(crash))),
  spans('long-crashed', counter(600, always, except(longCrash))),
  ...['orphan', 'other-orphan'].map(name =>
    spans(name, dropped(600, daily(7, 19.9)), { instance: 'collector-9' }),
  ),

  http('shop/restarted-at-night', 200, dropped(600, daily(6, 21.9))),
  present('up', 'shop/restarted-at-night', always),
  http('shop/pushed-at-day', 200, dropped(600, daily(6, 21.9))),
  present('target_info', 'shop/pushed-at-day', always),
  http('shop/stopped-at-night', 200, dropped(600, daily(6, 21.9))),
  {
    ...present('up', 'shop/stopped-at-night', always),
    samples: counter(0, always).map(([time]) => [
      time,
      night(new Date(time)) || !daily(6, 24)(new Date(time)) ? 0 : 1,
    ]),
  },
];

const istio = (
  name: string,
  reporter: 'destination' | 'source',
  code: number,
  samples: RecordedSeries['samples'],
): RecordedSeries => ({
  metric: 'istio_requests_total',
  labels: {
    job: 'istio',
    instance: reporter === 'source' ? 'web-0' : `${name}-0`,
    reporter,
    source_canonical_service: 'web',
    destination_canonical_service: name,
    response_code: String(code),
  },
  samples,
});

const meshIn = (
  namespace: string,
  name: string,
  isThere: When,
): RecordedSeries => {
  const series = istio(name, 'destination', 200, counter(600, always, isThere));
  return {
    ...series,
    labels: { ...series.labels, destination_workload_namespace: namespace },
  };
};

const graph = (
  what: 'request' | 'request_failed',
  server: string,
  samples: RecordedSeries['samples'],
): RecordedSeries => ({
  metric: `traces_service_graph_${what}_total`,
  labels: { job: 'tempo', client: 'web', server, connection_type: '' },
  samples,
});

/** Two hours and five, on a day in the middle. */
const shortOutage = between('22T09:55', '22T12:00');
const outage = between('22T09:55', '22T15:00');

/** A service in a mesh that is down at times, when only the proxies of its callers know that it is called. */
const meshed = (name: string, isDown: When): RecordedSeries[] => [
  istio(name, 'destination', 200, counter(600, except(isDown), except(isDown))),
  istio(name, 'source', 200, counter(600, except(isDown))),
  istio(name, 'source', 503, counter(600, isDown)),
];

/** A service whose target goes away while it is down, and what a service graph has of it. */
const graphed = (name: string, isDown: When): RecordedSeries[] => [
  http(`shop/${name}`, 200, counter(600, except(isDown), except(isDown))),
  graph('request', name, counter(600, always)),
  graph('request_failed', name, counter(600, isDown)),
];

const DOWN: RecordedSeries[] = [
  ...meshed('mesh-2h', shortOutage),
  ...meshed('mesh-5h', outage),

  // without an instance, the proxies of callers know the name of the service only
  ...meshed('mesh-unknown', shortOutage).map(series => ({
    ...series,
    labels: {
      ...series.labels,
      destination_service_name: 'mesh-unknown',
      ...(series.labels.response_code === '503' && {
        destination_canonical_service: 'unknown',
      }),
    },
  })),

  // every eleventh call is refused on its way
  istio('mesh-refused', 'destination', 200, counter(600, always)),
  istio('mesh-refused', 'source', 200, counter(600, always)),
  istio('mesh-refused', 'source', 503, counter(60, always)),

  // failures that arrived, and requests from outside of the mesh
  istio('mesh-failing', 'destination', 200, counter(900, always)),
  istio('mesh-failing', 'destination', 503, counter(60, always)),
  istio('mesh-failing', 'source', 200, counter(600, always)),
  istio('mesh-failing', 'source', 503, counter(60, always)),

  ...graphed('http-2h', shortOutage),
  ...graphed('http-5h', outage),

  // the graph is made of the traces of every tenth call
  spans('sampled-graph', counter(600, except(outage), except(outage))),
  graph('request', 'sampled-graph', counter(60, always)),
  graph('request_failed', 'sampled-graph', counter(60, outage)),

  http('shop/http-refused', 200, counter(600, always)),
  graph('request', 'http-refused', counter(660, always)),
  graph('request_failed', 'http-refused', counter(60, always)),

  // callers mark their own mistakes as failures
  http('shop/http-mistaken', 200, counter(540, always)),
  http('shop/http-mistaken', 404, counter(60, always)),
  graph('request', 'http-mistaken', counter(600, always)),
  graph('request_failed', 'http-mistaken', counter(60, always)),

  // a collector drops the series of a service that is down, and lives
  spans('spans-5h', counter(600, except(outage), except(outage))),
  graph('request', 'spans-5h', counter(600, always)),
  graph('request_failed', 'spans-5h', counter(600, outage)),

  // every tenth trace is kept, so that the mesh knows ten times as many calls
  spans('sampled', counter(60, always)),
  istio('sampled', 'source', 200, counter(540, always)),
  istio('sampled', 'source', 503, counter(60, always)),
];

const latency = (job: string, isThere: When): RecordedSeries[] =>
  ['0.1', '+Inf'].map(le => ({
    metric: 'http_server_request_duration_seconds_bucket',
    labels: { job, instance: '10.0.0.7:8080', le },
    samples: counter(600, always, isThere),
  }));

const MOVED: RecordedSeries[] = [
  ...latency('old/moved', before('20T12:00')),
  ...latency('new/moved', except(before('20T12:00'))),
  http('old/moved', 200, counter(600, always, before('20T12:00'))),
  http('new/moved', 200, counter(600, always, except(before('20T12:00')))),

  http('a/moved-twice', 200, counter(600, always, before('18T12:00'))),
  http(
    'b/moved-twice',
    200,
    counter(600, always, between('18T11:00', '23T12:00')),
  ),
  http('c/moved-twice', 200, counter(600, always, except(before('23T06:00')))),

  meshIn('old', 'mesh-moved', before('20T12:00')),
  meshIn('new', 'mesh-moved', except(before('20T12:00'))),

  // one ends while the other has been there all the time
  http('left/twins', 200, counter(600, always, before('20T12:00'))),
  http('right/twins', 200, counter(600, always)),
];

const oldHttp = (
  job: string,
  code: number,
  samples: RecordedSeries['samples'],
  labels: Record<string, string> = {},
): RecordedSeries => ({
  metric: 'http_server_duration_milliseconds_count',
  labels: { job, http_status_code: String(code), ...labels },
  samples,
});

const FORMS: RecordedSeries[] = [
  // half of the requests come to instances of a new form for some days
  ...[
    { code: 200, old: 588, new: 594 },
    { code: 503, old: 12, new: 6 },
  ].flatMap(({ code, ...perHour }) => [
    oldHttp(
      'shop/rolling',
      code,
      counter(perHour.old, always, before('25T06:00')),
      { pod: 'old' },
    ),
    http(
      'shop/rolling',
      code,
      counter(perHour.new, always, except(before('20T06:00'))),
      { pod: 'new' },
    ),
  ]),

  // every instance writes both
  ...['one', 'two'].flatMap(pod => [
    oldHttp('shop/written-twice', 200, counter(300, always), { pod }),
    http('shop/written-twice', 200, counter(300, always), { pod }),
  ]),

  // two collectors of different age
  spans('two-collectors', counter(300, always)),
  {
    ...spans('two-collectors', counter(300, always), {
      instance: 'collector-1',
    }),
    metric: 'calls_total',
  },

  // one collector that writes both
  spans('one-collector', counter(300, always)),
  { ...spans('one-collector', counter(300, always)), metric: 'calls_total' },

  // half of the instances are scraped, half push through a collector
  http('shop/two-ways', 200, counter(300, always), { pod: 'scraped' }),
  http('gateway', 200, counter(300, always), {
    pod: 'pushing',
    service_name: 'two-ways',
  }),
];

export const WITNESS_RECORDING: RecordedSeries[] = [
  ...IDLE,
  ...DOWN,
  ...MOVED,
  ...FORMS,
];
