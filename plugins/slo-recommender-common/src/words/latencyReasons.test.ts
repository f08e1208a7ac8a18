import type { FrontierReason } from 'backstage-plugin-slo-recommender-engine';
import {
  bimodalityWords,
  bucketAdviceWords,
  frontierWords,
} from './latencyReasons';

const kept = (thresholdSeconds: number, objective: number) => ({
  thresholdSeconds,
  achieved: null,
  objective,
  attainment: 0.94,
});

describe('frontierWords', () => {
  it.each<[string, FrontierReason, string]>([
    [
      'the fastest threshold with 99 %',
      {
        code: 'fastest_worthy',
        chosen: kept(0.25, 0.99),
        worthy: kept(0.25, 0.99),
        worthyObjective: 0.99,
        faster: kept(0.1, 0.95),
      },
      '99 % within 250 ms is kept with 94 %: of the thresholds with an objective of at least 99 % it is the fastest, and a slower one would promise users less. 95 % within 100 ms could be promised too, but leaves out more requests.',
    ],
    [
      'the fastest threshold of all where it has 99 %',
      {
        code: 'fastest_worthy',
        chosen: kept(0.005, 0.9999),
        worthy: kept(0.005, 0.9999),
        worthyObjective: 0.99,
        faster: null,
      },
      '99.99 % within 5 ms is kept with 94 %: of the thresholds with an objective of at least 99 % it is the fastest, and a slower one would promise users less.',
    ],
    [
      'a fair objective where 99 % takes more than ten times as long',
      {
        code: 'worthy_too_slow',
        chosen: kept(0.1, 0.98),
        worthy: kept(10, 0.9999),
        worthyObjective: 0.99,
        faster: null,
      },
      '98 % within 100 ms is kept with 94 %. 99.99 % within 10 s would hold too, but a threshold 100 times slower says nothing of what most requests are like.',
    ],
    [
      'the highest objective, at its fastest threshold, where 99 % is out of reach',
      {
        code: 'highest_objective',
        chosen: kept(0.25, 0.95),
        worthy: null,
        worthyObjective: 0.99,
        faster: null,
      },
      '95 % within 250 ms is kept with 94 %: no threshold is kept at 99 %, and this is the highest objective, at the fastest threshold that has it.',
    ],
    [
      'nothing where nothing is kept',
      { code: 'nothing_kept' },
      'At none of the thresholds is even the lowest objective kept with 90 %. Find out what is slow before promising anything.',
    ],
  ])('recommends %s', (_, reason, sentences) => {
    expect(frontierWords(reason)).toBe(sentences);
  });
});

describe('bimodalityWords', () => {
  const facts = { boundarySeconds: 0.25, slowShare: 0.095 };

  it('says what was found', () => {
    expect(
      bimodalityWords({
        ...facts,
        fastPeak: { fromSeconds: 0.01, toSeconds: 0.025 },
        slowPeak: { fromSeconds: 1, toSeconds: 2.5 },
      }),
    ).toBe(
      'There are two kinds of requests: most take 10 ms to 25 ms, and 9.5 % are slower than 250 ms and take mostly 1 s to 2.5 s, as cold starts or cache misses do.',
    );
  });

  it('knows no end of the outermost buckets', () => {
    expect(
      bimodalityWords({
        ...facts,
        fastPeak: { fromSeconds: 0, toSeconds: 0.025 },
        slowPeak: { fromSeconds: 10, toSeconds: null },
      }),
    ).toContain(
      'most take at most 25 ms, and 9.5 % are slower than 250 ms and take mostly more than 10 s',
    );
  });
});

describe('bucketAdviceWords', () => {
  const between = (fromSeconds: number, toSeconds: number | null) => ({
    fromSeconds,
    toSeconds,
  });

  it.each<[string, Parameters<typeof bucketAdviceWords>[0], string]>([
    [
      'a promised threshold without a boundary',
      { addSeconds: [0.25], coarse: [], unmeasuredSeconds: 0.25 },
      'no boundary is at the promised threshold of 250 ms; add a boundary at 250 ms.',
    ],
    [
      'percentiles in a wide bucket',
      {
        addSeconds: [0.2, 0.3, 0.6],
        coarse: [{ percentiles: [0.5, 0.9, 0.95], bucket: between(0.1, 1) }],
        unmeasuredSeconds: null,
      },
      'p50, p90 and p95 lie between 100 ms and 1 s; add boundaries at 200 ms, 300 ms and 600 ms.',
    ],
    [
      'percentiles above the highest boundary',
      {
        addSeconds: [2, 4],
        coarse: [{ percentiles: [0.95, 0.99], bucket: between(1, null) }],
        unmeasuredSeconds: null,
      },
      'p95 and p99 lie above the highest boundary (1 s); add boundaries at 2 s and 4 s.',
    ],
    [
      'percentiles below the lowest boundary',
      {
        addSeconds: [0.025, 0.05],
        coarse: [
          { percentiles: [0.5, 0.9, 0.95, 0.99], bucket: between(0, 0.1) },
        ],
        unmeasuredSeconds: null,
      },
      'p50, p90, p95 and p99 lie below the lowest boundary (100 ms); add boundaries at 25 ms and 50 ms.',
    ],
    [
      'no boundary at all',
      {
        addSeconds: [0.1, 1],
        coarse: [{ percentiles: [0.5], bucket: between(0, null) }],
        unmeasuredSeconds: null,
      },
      'p50 lies in the only bucket; add boundaries at 100 ms and 1 s.',
    ],
    [
      'all that is wrong in one sentence',
      {
        addSeconds: [0.3, 20, 40],
        coarse: [{ percentiles: [0.99], bucket: between(10, null) }],
        unmeasuredSeconds: 0.3,
      },
      'p99 lies above the highest boundary (10 s) and no boundary is at the promised threshold of 300 ms; add boundaries at 300 ms, 20 s and 40 s.',
    ],
  ])('names %s', (_, advice, sentence) => {
    expect(bucketAdviceWords(advice)).toBe(
      `The histogram is too coarse: ${sentence}`,
    );
  });
});
