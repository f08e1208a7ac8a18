import { endOf, seriesOf } from '../__testUtils__/series';
import {
  assessHistory,
  minimumHistoryMs,
  type Verdict,
  type ReportedReason,
} from './assess';
import { historyAsOf } from './SliHistory';
import { DAY_MS, HOUR_MS } from './time';

interface Case {
  what: string;
  hours: number;
  countsOf: (hour: number) => [number, number] | undefined;
  windowDays?: number;
  lateHours?: number;
  verdict: Verdict;
  codes: string[];
}

const cases: Case[] = [
  {
    what: 'a healthy service',
    hours: 90 * 24,
    countsOf: () => [1_000, 1],
    verdict: 'ok',
    codes: [],
  },
  {
    what: 'an outage of 20 hours in 14 days',
    hours: 14 * 24,
    countsOf: hour => [100, hour >= 100 && hour < 120 ? 100 : 0],
    verdict: 'ok',
    codes: [],
  },
  {
    what: 'an outage that has lasted for 3 days',
    hours: 28 * 24,
    countsOf: hour => [100, hour >= 25 * 24 ? 100 : 0],
    verdict: 'ok',
    codes: [],
  },
  {
    what: 'nights without a request',
    hours: 28 * 24,
    countsOf: hour => [hour % 24 < 8 ? 0 : 50, 0],
    verdict: 'ok',
    codes: [],
  },
  {
    what: 'nothing known',
    hours: 28 * 24,
    countsOf: () => undefined,
    verdict: 'insufficient',
    codes: ['no_telemetry'],
  },
  {
    what: 'an empty series',
    hours: 0,
    countsOf: () => undefined,
    verdict: 'insufficient',
    codes: ['no_telemetry'],
  },
  {
    what: 'no request ever',
    hours: 28 * 24,
    countsOf: () => [0, 0],
    verdict: 'insufficient',
    codes: ['no_requests'],
  },
  {
    what: 'three days of history',
    hours: 90 * 24,
    countsOf: hour => (hour >= 87 * 24 ? [1_000, 1] : undefined),
    verdict: 'insufficient',
    codes: ['short_history'],
  },
  {
    what: 'six hours of history, all bad: too young to be called broken',
    hours: 6,
    countsOf: () => [1_000, 1_000],
    verdict: 'insufficient',
    codes: ['short_history'],
  },
  {
    what: 'one known hour a day',
    hours: 28 * 24,
    countsOf: hour => (hour % 24 === 0 ? [1_000, 1] : undefined),
    verdict: 'insufficient',
    codes: ['sparse_history'],
  },
  {
    what: 'one request a day',
    hours: 28 * 24,
    countsOf: hour => [hour % 24 === 12 ? 1 : 0, 0],
    verdict: 'insufficient',
    codes: ['few_requests'],
  },
  {
    what: '24 hours for a window of 1 day',
    hours: 24,
    countsOf: () => [1_000, 1],
    windowDays: 1,
    verdict: 'ok',
    codes: [],
  },
  {
    what: 'a day of which the first and the last hour are missing',
    hours: 24,
    countsOf: hour => (hour > 0 && hour < 23 ? [1_000, 1] : undefined),
    windowDays: 1,
    verdict: 'ok',
    codes: [],
  },
  {
    what: 'half a day for a window of 1 day',
    hours: 12,
    countsOf: () => [1_000, 1],
    windowDays: 1,
    verdict: 'insufficient',
    codes: ['short_history'],
  },
  {
    what: '44 days for a window of 90',
    hours: 44 * 24,
    countsOf: () => [1_000, 1],
    windowDays: 90,
    verdict: 'insufficient',
    codes: ['short_history'],
  },
  {
    what: 'one hour in ten unknown',
    hours: 28 * 24,
    countsOf: hour => (hour % 10 === 5 ? undefined : [1_000, 1]),
    verdict: 'degraded',
    codes: ['gaps'],
  },
  {
    what: 'gaps in the last week only',
    hours: 90 * 24,
    countsOf: hour =>
      hour > 85 * 24 && hour % 2 === 0 ? undefined : [1_000, 1],
    windowDays: 7,
    verdict: 'degraded',
    codes: ['gaps'],
  },
  {
    what: 'telemetry that stopped 4 hours ago',
    hours: 28 * 24,
    countsOf: () => [1_000, 1],
    lateHours: 4,
    verdict: 'degraded',
    codes: ['stale'],
  },
  {
    what: 'telemetry 3 hours late',
    hours: 28 * 24,
    countsOf: () => [1_000, 1],
    lateHours: 3,
    verdict: 'ok',
    codes: [],
  },
  {
    what: 'telemetry 2 hours late, for a window of 1 day',
    hours: 28 * 24,
    countsOf: () => [1_000, 1],
    windowDays: 1,
    lateHours: 2,
    verdict: 'degraded',
    codes: ['gaps', 'stale'],
  },
  {
    what: 'a service that nobody has called for a week',
    hours: 28 * 24,
    countsOf: hour => [hour < 14 * 24 ? 1_000 : 0, 0],
    windowDays: 7,
    verdict: 'degraded',
    codes: ['idle_window'],
  },
  {
    what: 'a success ratio stuck at 0',
    hours: 28 * 24,
    countsOf: () => [1_000, 1_000],
    verdict: 'invalid',
    codes: ['stuck_at_zero'],
  },
  {
    what: 'business exceptions counted as faults: 2 % succeed',
    hours: 28 * 24,
    countsOf: hour => [1_000, hour % 24 === 3 ? 999 : 980],
    verdict: 'invalid',
    codes: ['stuck_at_zero'],
  },
  {
    what: 'stuck at 0 for the single day that is known',
    hours: 24,
    countsOf: () => [1_000, 999],
    windowDays: 1,
    verdict: 'invalid',
    codes: ['stuck_at_zero'],
  },
  {
    what: 'stuck at 0 for the last 8 days of 90',
    hours: 90 * 24,
    countsOf: hour => [1_000, hour >= 82 * 24 ? 1_000 : 0],
    verdict: 'invalid',
    codes: ['stuck_at_zero'],
  },
  {
    what: 'millions of requests that all failed within a day',
    hours: 6,
    countsOf: () => [500_000, 499_990],
    verdict: 'invalid',
    codes: ['stuck_at_zero'],
  },
  {
    what: 'thousands of requests that all failed within a day',
    hours: 6,
    countsOf: () => [1_000, 1_000],
    verdict: 'insufficient',
    codes: ['short_history'],
  },
  {
    what: 'millions of requests that failed in the first two hours',
    hours: 2,
    countsOf: () => [1_000_000, 1_000_000],
    verdict: 'insufficient',
    codes: ['short_history'],
  },
  {
    what: 'impossible counts of two kinds',
    hours: 28 * 24,
    countsOf: hour => {
      if (hour === 5) return [-1, 0];
      return hour === 9 ? [10, 20] : [10, 0];
    },
    verdict: 'degraded',
    codes: ['negative_count', 'bad_exceeds_total'],
  },
  {
    what: 'impossible counts in every other hour, and one more',
    hours: 28 * 24,
    countsOf: hour => (hour % 2 || hour === 4 ? [-1, 0] : [10, 0]),
    verdict: 'degraded',
    codes: ['negative_count', 'gaps'],
  },
  {
    what: 'impossible counts in two hours of three',
    hours: 27 * 24,
    countsOf: hour => (hour % 3 ? [10, 20] : [10, 0]),
    windowDays: 7,
    verdict: 'degraded',
    codes: ['bad_exceeds_total', 'gaps'],
  },
  {
    what: 'impossible counts in more hours than that',
    hours: 27 * 24,
    countsOf: hour => (hour % 3 || hour === 3 ? [10, 20] : [10, 0]),
    windowDays: 7,
    verdict: 'invalid',
    codes: ['bad_exceeds_total'],
  },
  {
    what: 'impossible counts of two kinds in nearly every hour',
    hours: 28 * 24,
    countsOf: hour => {
      if (hour % 4 === 0) return [10, 0];
      return hour % 2 ? [-1, 0] : [10, 20];
    },
    verdict: 'invalid',
    codes: ['negative_count', 'bad_exceeds_total'],
  },
  {
    what: 'nothing but impossible counts',
    hours: 28 * 24,
    countsOf: () => [Infinity, 0],
    verdict: 'invalid',
    codes: ['not_finite'],
  },
  {
    what: 'impossible counts in a history that is too short',
    hours: 10,
    countsOf: hour => (hour === 5 ? [-1, 0] : [1_000, 0]),
    verdict: 'insufficient',
    codes: ['negative_count', 'short_history'],
  },
];

const reported = (code: string, message: string): ReportedReason => ({
  code: 'reported',
  report: { code, message },
});

describe('assessHistory', () => {
  it.each(cases)('$what: $verdict', testCase => {
    const { hours, countsOf, windowDays = 28, lateHours = 0 } = testCase;
    const series = seriesOf(hours, countsOf);
    const asOfMs = endOf(series) + lateHours * HOUR_MS;
    const { verdict, reasons } = assessHistory(
      historyAsOf(series, asOfMs),
      windowDays * DAY_MS,
    );
    expect({ verdict, codes: reasons.map(({ code }) => code) }).toEqual({
      verdict: testCase.verdict,
      codes: testCase.codes,
    });
  });

  describe('with outcomes that cannot be read', () => {
    const assess = (unknownOf: (hour: number) => number, isKnown = true) => {
      const series = seriesOf(60 * 24, () => (isKnown ? [990, 9] : undefined));
      const unknown = Float64Array.from(series.total, (_, hour) =>
        unknownOf(hour),
      );
      return assessHistory(
        historyAsOf({ ...series, unknown }, endOf(series)),
        28 * DAY_MS,
      );
    };

    it.each<[string, (hour: number) => number, Verdict]>([
      ['a few', () => 5, 'ok'],
      ['one in a hundred', () => 10, 'degraded'],
      ['fewer than one in ten', () => 109, 'degraded'],
      ['one in ten', () => 110, 'invalid'],
      ['many that are past', hour => (hour < 32 * 24 ? 1_000 : 0), 'ok'],
      ['all of two days', hour => (hour >= 58 * 24 ? 990 : 0), 'degraded'],
      ['values that are no counts', hour => (hour % 2 ? -50 : NaN), 'ok'],
    ])('%s: %#', (_, unknownOf, verdict) => {
      const assessment = assess(unknownOf);
      expect(assessment.verdict).toBe(verdict);
      expect(assessment.reasons.map(({ code }) => code)).toEqual(
        verdict === 'ok' ? [] : ['unknown_outcomes'],
      );
    });

    it('names their share, and what is certain', () => {
      expect(assess(() => 110).reasons).toEqual([
        {
          code: 'unknown_outcomes',
          windowMs: 28 * DAY_MS,
          requests: 110 * 28 * 24,
          share: expect.closeTo(0.1, 12),
          leastRatio: expect.closeTo(981 / 1_100, 12),
        },
      ]);
    });

    it('is no absence of telemetry if there are no others', () => {
      expect(assess(() => 50, false)).toMatchObject({
        verdict: 'invalid',
        reasons: [{ code: 'unknown_outcomes', share: 1, leastRatio: 0 }],
      });
    });
  });

  it('says how much history there is, and when it will do', () => {
    const series = seriesOf(3 * 24, () => [1_000, 1]);
    const { reasons } = assessHistory(
      historyAsOf(series, endOf(series)),
      28 * DAY_MS,
    );
    expect(reasons[0]).toEqual({
      code: 'short_history',
      sinceMs: Date.UTC(2023, 4, 1),
      seenMs: 3 * DAY_MS,
      windowMs: 28 * DAY_MS,
      neededMs: 14 * DAY_MS,
      reachedAtMs: Date.UTC(2023, 4, 15),
    });
  });

  it('names the first impossible hour', () => {
    const series = seriesOf(48, hour => [10, hour >= 30 ? 20 : 0]);
    const { reasons } = assessHistory(
      historyAsOf(series, endOf(series)),
      DAY_MS,
    );
    expect(reasons[0]).toEqual({
      code: 'bad_exceeds_total',
      hours: 18,
      firstMs: Date.UTC(2023, 4, 2, 6),
    });
  });

  it('lists notices from outside, which turn ok into degraded', () => {
    const notice = reported('partial_telemetry', 'One shard is down.');
    const series = seriesOf(28 * 24, () => [1_000, 1]);
    const history = historyAsOf(series, endOf(series));
    expect(assessHistory(history, 28 * DAY_MS, [notice])).toEqual({
      verdict: 'degraded',
      reasons: [notice],
    });
  });

  it('does not guess why there is nothing if that is known from outside', () => {
    const failure = {
      ...reported('telemetry_unavailable', 'The datasource is down.'),
      explainsAbsence: true,
    };
    const notice = reported('partial_telemetry', 'One shard is down.');
    const reasonsOf = (counts: [number, number] | undefined) => {
      const series = seriesOf(24, () => counts);
      return assessHistory(historyAsOf(series, endOf(series)), 28 * DAY_MS, [
        failure,
        notice,
      ]).reasons.map(reason =>
        reason.code === 'reported' ? reason.report.code : reason.code,
      );
    };
    expect(reasonsOf(undefined)).toEqual([
      'telemetry_unavailable',
      'partial_telemetry',
    ]);
    expect(reasonsOf([10, 0])).toEqual([
      'short_history',
      'telemetry_unavailable',
      'partial_telemetry',
    ]);
  });

  it.each<[string, (hour: number) => [number, number]]>([
    ['a healthy history', () => [1_000, 1]],
    ['a short history', hour => (hour < 650 ? [0, 0] : [1_000, 1])],
  ])('is invalid for a defect known from outside, over %s', (_, countsOf) => {
    const defect = reported(
      'sampling_bias',
      'Failed requests are sampled more often.',
    );
    const notice = reported('partial_telemetry', 'One shard is down.');
    const series = seriesOf(28 * 24, countsOf);
    const history = historyAsOf(series, endOf(series));
    expect(assessHistory(history, 28 * DAY_MS, [notice], [defect])).toEqual({
      verdict: 'invalid',
      reasons: [defect, notice],
    });
  });

  it.each<[number, number]>([
    [1, 1],
    [7, 7],
    [14, 14],
    [28, 14],
    [90, 45],
  ])('a window of %d days needs %d days of history', (windowDays, days) => {
    expect(minimumHistoryMs(windowDays * DAY_MS)).toBe(days * DAY_MS);
  });
});
