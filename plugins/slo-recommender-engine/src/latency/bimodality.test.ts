import {
  drawsOf,
  FINE_BOUNDS,
  histogramOf,
  OTEL_BOUNDS,
  type Draw,
} from '../__testUtils__/latencies';
import { findBimodality } from './bimodality';

const REQUESTS = 20_000;

const layouts: [string, Float64Array][] = [
  ['the default buckets of OpenTelemetry', OTEL_BOUNDS],
  ['fine buckets', FINE_BOUNDS],
];

const { lognormal, gamma, mixture } = drawsOf(20_260_101);

const bimodalityOf = (bounds: Float64Array, draw: Draw, requests = REQUESTS) =>
  findBimodality(histogramOf(bounds, Array.from({ length: requests }, draw)));

describe.each(layouts)('with %s', (_layout, bounds) => {
  it.each<[string, Draw, number, [number, number]]>([
    [
      'cold starts, one in fifty',
      mixture(lognormal(0.03, 0.3), lognormal(2, 0.3), 0.02),
      0.02,
      [0.05, 1.5],
    ],
    [
      'cache hits beside misses',
      mixture(lognormal(0.002, 0.3), lognormal(0.3, 0.4), 0.4),
      0.4,
      [0.002, 0.25],
    ],
    [
      'half of the requests fast',
      mixture(gamma(0.02, 6), gamma(0.6, 6), 0.5),
      0.5,
      [0.02, 0.5],
    ],
    [
      'calls that end with a time-out after 30 s',
      mixture(lognormal(0.1, 0.5), () => 30, 0.01),
      0.01,
      [0.25, 30],
    ],
  ])('finds %s', (_what, draw, slowShare, [from, to]) => {
    const found = bimodalityOf(bounds, draw);
    expect(found?.slowShare).toBeGreaterThan(0.85 * slowShare);
    expect(found?.slowShare).toBeLessThan(1.15 * slowShare);
    expect(found?.boundarySeconds).toBeGreaterThanOrEqual(from);
    expect(found?.boundarySeconds).toBeLessThanOrEqual(to);
  });

  it.each<[string, Draw]>([
    ['a long tail', lognormal(0.05, 1.5)],
    ['an extremely long tail', lognormal(0.02, 2.5)],
    ['a power law', () => 0.02 * Math.exp(gamma(1, 1)())],
    ['exponential latencies', gamma(0.2, 1)],
    ['a steep distribution', lognormal(0.06, 0.05)],
    ['gamma latencies', gamma(0.4, 5)],
    ['one latency only', () => 0.0321],
    [
      'whole milliseconds',
      () => Math.ceil(1_000 * lognormal(0.003, 0.6)()) / 1_000,
    ],
    [
      'two kinds too close to tell',
      mixture(lognormal(0.1, 0.5), lognormal(0.25, 0.5), 0.3),
    ],
    [
      'one slow request in a thousand',
      mixture(lognormal(0.03, 0.3), lognormal(3, 0.3), 0.001),
    ],
  ])('takes %s for one kind', (_what, draw) => {
    expect(bimodalityOf(bounds, draw)).toBeNull();
  });

  it.each([5, 50, 500])(
    'sees no two kinds by chance in %d requests',
    requests => {
      const draw = lognormal(0.1, 1);
      const found = Array.from({ length: 300 }, () =>
        bimodalityOf(bounds, draw, requests),
      ).filter(Boolean);
      expect(found).toEqual([]);
    },
  );
});

it('says what it found', () => {
  const counts = [0, 0, 900, 5, 0, 0, 0, 0, 0, 0, 95, 0, 0, 0, 0];
  const histogram = {
    boundsSeconds: OTEL_BOUNDS,
    counts: Float64Array.from(counts),
  };
  expect(findBimodality(histogram)).toMatchInlineSnapshot(`
   {
     "boundarySeconds": 0.25,
     "fastPeak": {
       "fromSeconds": 0.01,
       "toSeconds": 0.025,
     },
     "slowPeak": {
       "fromSeconds": 1,
       "toSeconds": 2.5,
     },
     "slowShare": 0.095,
   }
  `);
});

it.each([[[]], [[0.1]], [[0, 0.1]]])(
  'has no opinion with the bounds %j',
  bounds => {
    const boundsSeconds = Float64Array.from(bounds);
    const counts = new Float64Array(bounds.length + 1).fill(1_000);
    expect(findBimodality({ boundsSeconds, counts })).toBeNull();
  },
);
