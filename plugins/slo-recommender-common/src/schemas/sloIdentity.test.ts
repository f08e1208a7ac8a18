import {
  defaultSloKey,
  latencySloName,
  latencyThresholdOf,
  sloKeySchema,
  recommendationsQuerySchema,
} from '..';

describe('names of latency SLOs', () => {
  it.each([
    [0.3, 'latency-300ms'],
    [0.30000000000000004, 'latency-300ms'],
    [300 / 1000, 'latency-300ms'],
    [1, 'latency-1s'],
    [2.5, 'latency-2500ms'],
    [86_400, 'latency-86400s'],
    [0.0003, 'latency-300us'],
    [0.0025, 'latency-2500us'],
    [0.10511205190671433, 'latency-105112us'],
    [1e-6, 'latency-1us'],
    [1.23456e-6, 'latency-1235ns'],
    [123_456.789, 'latency-123457s'],
  ])('%d s: %s, which is a key', (seconds, name) => {
    expect(latencySloName(seconds)).toBe(name);
    expect(latencySloName(latencyThresholdOf(name) ?? 0)).toBe(name);
    const key = defaultSloKey({
      sliType: 'latency',
      thresholdSeconds: seconds,
    });
    expect(sloKeySchema.parse(key)).toEqual({ slo: name, environment: 'all' });
  });

  it.each([
    ['latency-0.3s', 0.3],
    ['latency-1000ms', 1],
    ['latency-300us', 0.0003],
  ])('%s is understood', (name, seconds) => {
    expect(latencyThresholdOf(name)).toBe(seconds);
  });

  it.each([
    'availability',
    'latency',
    'latency-300',
    'latency-0ms',
    'latency--1s',
    'latency-1h',
    'latency-1e3ms',
    'my-latency-300ms',
  ])('%s names no threshold', name => {
    expect(latencyThresholdOf(name)).toBeUndefined();
  });
});

describe('queries for an SLO', () => {
  it.each([
    [{}, {}],
    [{ sliType: 'availability' }, { sliType: 'availability' }],
    [{ slo: 'latency-0.3s' }, { slo: 'latency-300ms' }],
    [{ slo: 'Checkout-API' }, { slo: 'checkout-api' }],
    [
      { slo: 'availability', environment: 'production' },
      { slo: 'availability', environment: 'production' },
    ],
  ])('%j', (query, expected) => {
    expect(recommendationsQuerySchema.parse(query)).toEqual(expected);
  });

  it.each([
    { slo: '' },
    { slo: '-a' },
    { slo: 'a b' },
    { slo: 'a'.repeat(64) },
    { slo: ['a', 'b'] },
    { environment: 'Production' },
    { sliType: 'availability-2' },
  ])('%j is refused', query => {
    expect(recommendationsQuerySchema.safeParse(query).success).toBe(false);
  });
});
