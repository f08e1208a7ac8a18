import type { HourlyCounts } from 'backstage-plugin-slo-recommender-node';
import { addRefusedCalls } from './refusedCalls';

type Hour = [total: number, bad: number];

const OTHER_METRIC = { areUnseen: false, isSameMetric: false };
const SAME_METRIC = { areUnseen: true, isSameMetric: true };

describe('addRefusedCalls', () => {
  it.each<
    [
      what: string,
      own: Hour,
      seen: [requests: number, failures: number],
      options: typeof OTHER_METRIC,
      sum: Hour,
    ]
  >([
    ['an outage', [NaN, NaN], [600, 600], OTHER_METRIC, [600, 600]],
    [
      'an outage with flat counters',
      [0, 0],
      [600, 590],
      SAME_METRIC,
      [600, 590],
    ],
    ['lost telemetry', [NaN, NaN], [600, 60], OTHER_METRIC, [NaN, NaN]],
    ['refused calls', [600, 6], [660, 66], OTHER_METRIC, [660, 66]],
    ['refused calls in a mesh', [900, 6], [660, 60], SAME_METRIC, [960, 66]],
    ['mistakes of callers', [600, 0], [600, 60], OTHER_METRIC, [600, 0]],
    ['sampled requests', [60, 0], [600, 60], OTHER_METRIC, [60, 0]],
    [
      'a few at the edge of the hour',
      [600, 0],
      [604, 40],
      OTHER_METRIC,
      [600, 0],
    ],
  ])('judges %s', (_, [total, bad], [requests, failures], options, sum) => {
    const { counts } = add({ total, bad }, { requests, failures }, options);
    expect([counts.total[0], counts.bad[0]]).toEqual(sum);
  });

  it('takes requests of unknown outcome for calls that arrived', () => {
    const { counts, hours } = add(
      { total: 400, bad: 0, unknown: 200 },
      { requests: 600, failures: 200 },
      OTHER_METRIC,
    );
    expect([counts.total[0], counts.bad[0], hours]).toEqual([400, 0, 0]);
  });

  it('leaves out hours whose outcomes cannot be read', () => {
    const { counts, hours } = add(
      { total: NaN, bad: NaN, unknown: 600 },
      { requests: 660, failures: 60 },
      OTHER_METRIC,
    );
    expect([counts.total[0], hours]).toEqual([NaN, 0]);
  });

  it('leaves out hours outside of the range', () => {
    const own = { total: 1, bad: 0 };
    const calls = { requests: 600, failures: 600 };
    expect(add(own, calls, SAME_METRIC, -1).hours).toBe(0);
    expect(add(own, calls, SAME_METRIC, 1).hours).toBe(0);
  });
});

function add(
  { total, bad, unknown }: { total: number; bad: number; unknown?: number },
  calls: { requests: number; failures: number },
  options: typeof OTHER_METRIC,
  hour = 0,
) {
  const known: HourlyCounts = {
    total: Float64Array.of(total),
    bad: Float64Array.of(bad),
    ...(unknown !== undefined && { unknown: Float64Array.of(unknown) }),
    evidence: 'otel-http-metrics',
    failureDefinition: 'failures',
  };
  const fromMs = Date.parse('2026-03-10T12:00:00Z');
  const seen = new Map([[fromMs + hour * 3_600_000, calls]]);
  return addRefusedCalls(known, fromMs, seen, options);
}
