import type { Dialect } from '../dialects/types';
import type { DayCounts } from '../survey/dayCounts';
import type { Review } from '../survey/review';
import { findingsOf } from './findingsOf';

const dialect = (id: Dialect['id']): Dialect => ({
  id,
  serviceLabel: 'service_name',
  source: { requests: [], failures: [] },
  failureDefinition: 'what fails',
});
const day = (counts: Partial<DayCounts>): DayCounts => ({
  requests: 1_000,
  failures: 0,
  firstFailures: 0,
  unpaired: 0,
  unknown: 0,
  overflown: 0,
  falls: 0,
  ...counts,
});

function review(
  days: [Dialect['id'], DayCounts][],
  overrides: Partial<Review> = {},
): Review {
  return {
    services: days.map(([id, counts]) => ({
      dialect: dialect(id),
      services: new Map([['cart', counts]]),
      strangers: new Map(),
      unreadable: new Map(),
      lostShare: 0,
    })),
    edgeCoverage: undefined,
    latencies: new Map(),
    belowFloor: new Map(),
    millisecondMetrics: [],
    mixedScaleMetrics: [],
    areSidesSwapped: false,
    ...overrides,
  };
}

const SPANS = 'otel-collector-span-metrics';
const GRAPH = 'service-graph';
const findings = (id: Dialect['id'], seen: Review) =>
  findingsOf(dialect(id), ['cart'], seen).map(
    ({ code, severity }) => `${severity}: ${code}`,
  );
const ABOUT_GRAPHS = [
  'warning: client_mistakes_counted',
  'info: attempts_counted',
];

describe('findingsOf', () => {
  it.each<[what: string, seen: Review, expected: string[]]>([
    ['nothing was reviewed', review([]), ABOUT_GRAPHS],
    [
      'a service graph is whole',
      review([[GRAPH, day({ unpaired: 50 })]]),
      ABOUT_GRAPHS,
    ],
    [
      'many calls have one side only',
      review([[GRAPH, day({ unpaired: 60 })]]),
      [...ABOUT_GRAPHS, 'warning: low_coverage'],
    ],
    [
      'many edges expire somewhere',
      review([[GRAPH, day({})]], { edgeCoverage: 0.9 }),
      [...ABOUT_GRAPHS, 'warning: expired_edges'],
    ],
    [
      'few edges expire',
      review([[GRAPH, day({})]], { edgeCoverage: 0.96 }),
      ABOUT_GRAPHS,
    ],
  ])('of a service graph where %s', (_, seen, expected) => {
    expect(findings(GRAPH, seen)).toEqual(expected);
  });

  it.each<[what: string, seen: Review, expected: string[]]>([
    ['there is nothing to compare with', review([[SPANS, day({})]]), []],
    [
      'calls of the graph have one side only',
      review([
        [SPANS, day({})],
        [GRAPH, day({ unpaired: 500 })],
      ]),
      ['info: incomplete_dependencies'],
    ],
    [
      'the service graph tells of biased sampling',
      review([
        [SPANS, day({ failures: 100 })],
        [GRAPH, day({ requests: 10_000, failures: 20 })],
      ]),
      ['error: sampling_bias'],
    ],
    [
      'the service graph counts mistakes of clients, too',
      review([
        [SPANS, day({ requests: 9_900, failures: 20 })],
        [GRAPH, day({ requests: 10_000, failures: 2_000 })],
      ]),
      [],
    ],
    [
      'HTTP metrics are believed before the service graph',
      review([
        [SPANS, day({ failures: 100 })],
        ['otel-http-metrics', day({ failures: 100 })],
        [GRAPH, day({ requests: 10_000, failures: 20 })],
      ]),
      [],
    ],
    [
      'spans are dropped where they failed',
      review([
        [SPANS, day({ failures: 1 })],
        ['otel-http-metrics', day({ requests: 10_000, failures: 1_000 })],
      ]),
      ['error: sampling_bias'],
    ],
    [
      'there are too few requests to tell',
      review([
        [SPANS, day({ requests: 50, failures: 20 })],
        ['otel-http-metrics', day({ requests: 500, failures: 1 })],
      ]),
      [],
    ],
    [
      'ratios differ by chance',
      review([
        [SPANS, day({ requests: 200, failures: 3 })],
        ['otel-http-metrics', day({ requests: 300, failures: 1 })],
      ]),
      [],
    ],
  ])('of spans where %s', (_, seen, expected) => {
    expect(findings(SPANS, seen)).toEqual(expected);
  });

  it('says nothing of templates', () => {
    expect(findings('template', review([]))).toEqual([]);
  });
});
