import fc from 'fast-check';
import { poisonedHistory, steadyHistory } from '../__testUtils__/latencies';
import { propertyRuns } from '../__testUtils__/propertyRuns';
import { START_MS } from '../__testUtils__/series';
import { DAY_MS, EngineInputError, HOUR_MS } from '../sli';
import { candidateThresholds } from './candidateThresholds';
import { latencyProfile } from './latencyProfile';

const NUM_RUNS = 10_000;

const histogram = {
  boundsSeconds: Float64Array.of(0.05, 0.1, 0.2, 0.4, 0.8, 1.6),
  counts: Float64Array.of(0, 0, 600, 300, 100, 0, 0),
};

const question = { asOfMs: START_MS + DAY_MS, windowMs: DAY_MS };

describe('latencyProfile', () => {
  it('has the shares from 0 s on, with empty buckets at either end taken together', () => {
    const profile = latencyProfile(steadyHistory(histogram, 24), question);
    expect(profile.requests).toBe(24_000);
    expect(profile.histogram).toEqual([
      { fromSeconds: 0, toSeconds: 0.1, share: 0 },
      { fromSeconds: 0.1, toSeconds: 0.2, share: 0.6 },
      { fromSeconds: 0.2, toSeconds: 0.4, share: 0.3 },
      { fromSeconds: 0.4, toSeconds: 0.8, share: 0.1 },
      { fromSeconds: 0.8, toSeconds: null, share: 0 },
    ]);
  });

  it('has percentiles as the buckets they lie in, up to the boundary itself', () => {
    const { quantiles } = latencyProfile(
      steadyHistory(histogram, 24),
      question,
    );
    const interval = (fromSeconds: number, toSeconds: number) => ({
      fromSeconds,
      toSeconds,
    });
    expect(quantiles).toEqual([
      { quantile: 0.5, interval: interval(0.1, 0.2) },
      { quantile: 0.9, interval: interval(0.2, 0.4) },
      { quantile: 0.95, interval: interval(0.4, 0.8) },
      { quantile: 0.99, interval: interval(0.4, 0.8) },
    ]);
  });

  it('has no end for percentiles above the highest boundary', () => {
    const slow = {
      ...histogram,
      counts: Float64Array.of(0, 0, 0, 0, 0, 94, 6),
    };
    const { quantiles } = latencyProfile(steadyHistory(slow, 24), question);
    expect(quantiles.map(({ interval }) => interval.toSeconds)).toEqual([
      1.6,
      1.6,
      null,
      null,
    ]);
  });

  it('looks at the last window alone', () => {
    const history = steadyHistory(histogram, 72);
    history.counts[0].fill(1_000, 0, 24);
    history.counts[6].fill(1_000, 48);
    const asOfMs = START_MS + 48.5 * HOUR_MS;
    expect(latencyProfile(history, { asOfMs, windowMs: DAY_MS })).toEqual(
      latencyProfile(steadyHistory(histogram, 24), question),
    );
  });

  it('leaves out hours of which a bucket is unknown or impossible, and reports the latter', () => {
    const history = steadyHistory(histogram, 24);
    history.counts[2][3] = NaN;
    history.counts[6][5] = -1;
    expect(latencyProfile(history, question)).toMatchObject({
      requests: 22_000,
      faults: [
        {
          code: 'negative_count',
          hours: 1,
          firstMs: START_MS + 5 * HOUR_MS,
        },
      ],
    });
  });

  it.each<[string, number]>([
    ['before the history', START_MS - DAY_MS],
    ['long after it', START_MS + 90 * DAY_MS],
  ])('knows nothing %s', (_, asOfMs) => {
    const history = steadyHistory(histogram, 24);
    expect(latencyProfile(history, { asOfMs, windowMs: DAY_MS })).toEqual({
      requests: 0,
      histogram: [],
      quantiles: [],
      bucketAdvice: null,
      bimodal: null,
      faults: [],
    });
  });

  it('refuses a window that is not of whole days', () => {
    expect(() =>
      latencyProfile(steadyHistory(histogram, 24), {
        ...question,
        windowMs: HOUR_MS,
      }),
    ).toThrow(EngineInputError);
  });

  it.each([
    ['objective is NaN', { objective: NaN, thresholdSeconds: 0.3 }],
    ['objective is 1', { objective: 1, thresholdSeconds: 0.3 }],
    ['thresholdSeconds is NaN', { objective: 0.99, thresholdSeconds: NaN }],
    ['thresholdSeconds is 0', { objective: 0.99, thresholdSeconds: 0 }],
    [
      'thresholdSeconds is Infinity',
      { objective: 0.99, thresholdSeconds: Infinity },
    ],
  ])('refuses a promise whose %s', (message, promised) => {
    const ask = () =>
      latencyProfile(steadyHistory(histogram, 24), { ...question, promised });
    expect(ask).toThrow(EngineInputError);
    expect(ask).toThrow(message);
  });

  it('neither NaN nor Infinity leaves, and shares add up to 1, whatever comes in', () => {
    fc.assert(
      fc.property(
        poisonedHistory,
        fc.constantFrom(1, 7, 90),
        fc.integer({ min: -10, max: 400 }),
        fc.constantFrom(1e-9, 0.1, 0.3, 1e6),
        (poisoned, windowDays, hours, thresholdSeconds) => {
          const asked = {
            asOfMs: Math.max(0, poisoned.startMs + hours * HOUR_MS),
            windowMs: windowDays * DAY_MS,
            promised: { objective: 0.99, thresholdSeconds },
          };
          const profile = latencyProfile(poisoned, asked);
          const candidates = candidateThresholds(poisoned, asked);
          const text = JSON.stringify(profile, (_, value) =>
            Number.isFinite(value ?? 0) || typeof value !== 'number'
              ? value
              : 'NaN',
          );
          expect(text).not.toMatch(/NaN|Infinity|undefined/);
          const sum = profile.histogram.reduce(
            (total, { share }) => total + share,
            0,
          );
          expect(sum).toBeCloseTo(profile.requests > 0 ? 1 : 0, 9);
          expect(candidates.length).toBeLessThanOrEqual(4);
          expect(
            candidates.every(index => poisoned.boundsSeconds[index] > 0),
          ).toBe(true);
        },
      ),
      propertyRuns(NUM_RUNS),
    );
  });
});
