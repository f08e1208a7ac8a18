import type {
  DataQualityFinding,
  Verdict,
} from 'backstage-plugin-slo-recommender-common';
import { HOUR_MS } from 'backstage-plugin-slo-recommender-node';
import { aService } from '../__testUtils__/entities';
import { recommendService } from '../recommendations/service';

const HOURS = 28 * 24;
const START_MS = Date.parse('2026-03-01T00:00:00Z');

/** What comes of counts per hour, and of what was found about them. */
function judge(
  countsOf: (hour: number) => [total: number, bad: number],
  findings: DataQualityFinding[] = [],
) {
  const counts = Array.from({ length: HOURS }, (_, hour) => countsOf(hour));
  const result = recommendService(
    {
      service: aService('cart'),
      series: {
        startMs: START_MS,
        total: Float64Array.from(counts, ([total]) => total),
        bad: Float64Array.from(counts, ([, bad]) => bad),
      },
      evidence: 'service-graph',
      failureDefinition: 'calls that either side marked as failed',
      findings,
      notices: [],
      asOf: new Date(START_MS + HOURS * HOUR_MS),
      dataUntil: new Date(START_MS + HOURS * HOUR_MS),
      windowMs: 28 * 24 * HOUR_MS,
      datasourceId: 'main',
      simulated: false,
      inputsKey: 'inputs',
      latencies: null,
      latencyEvidence: null,
      latencyNotices: [],
      exclusions: [],
      exclusionCap: 0.1,
      events: [],
    },
    {
      availability: undefined,
      latency: undefined,
      callees: new Map(),
      lookbackMs: 28 * 24 * HOUR_MS,
    },
  );
  const [availability] = result.recommendations;
  return {
    verdict: result.verdict,
    codes: availability.reasons.map(({ code }) => code),
    reasons: availability.reasons,
    objective: result.recommendedObjective,
    achieved: result.achieved,
    dataQuality: availability.dataQuality,
  };
}

const healthy = (): [number, number] => [1_000, 1];

const finding = (
  code: string,
  severity: DataQualityFinding['severity'],
): DataQualityFinding => ({
  code,
  severity,
  message: 'What was found.',
  fix: 'What to do.',
  snippet: null,
  gain: null,
});

describe('trap 1: 4xx is no failure of the service', () => {
  it('red: a service graph is not refused, but labelled with what it calls a failure', () => {
    const mistakes = finding('client_mistakes_counted', 'warning');
    const { verdict, dataQuality } = judge(healthy, [mistakes]);
    expect(verdict).toBe('ok');
    expect(dataQuality).toMatchObject({
      failureDefinition: 'calls that either side marked as failed',
      findings: [mistakes],
    });
  });
});

describe('trap 5: error-biased sampling', () => {
  it('red: there is no number, and the reason says what to do', () => {
    const { verdict, reasons, objective, achieved, dataQuality } = judge(
      healthy,
      [finding('sampling_bias', 'error')],
    );
    expect(verdict).toBe('invalid');
    expect(reasons).toEqual([
      { code: 'sampling_bias', message: 'What was found. What to do.' },
    ]);
    expect([objective, achieved]).toEqual([null, null]);
    expect(dataQuality.findings).toHaveLength(1);
  });

  it('green: even sampling changes no verdict', () => {
    expect(judge(healthy, [finding('sampled_spans', 'warning')])).toMatchObject(
      { verdict: 'ok', codes: [] },
    );
  });
});

describe('trap 8: coverage', () => {
  it('red: below 95 % a recommendation carries the caveat', () => {
    const { verdict, codes, objective } = judge(healthy, [
      finding('low_coverage', 'warning'),
    ]);
    expect(verdict).toBe('degraded');
    expect(codes).toEqual(['low_coverage']);
    expect(objective).not.toBeNull();
  });

  it('green: whole counts carry none', () => {
    expect(judge(healthy)).toMatchObject({ verdict: 'ok', codes: [] });
  });
});

describe('trap 16: requests that are not of users', () => {
  it.each(['health_checks_counted', 'environments_mixed', 'replicas_counted'])(
    'red: a recommendation carries %s',
    code => {
      expect(judge(healthy, [finding(code, 'warning')])).toMatchObject({
        verdict: 'degraded',
        codes: [code],
      });
    },
  );

  it('green: few health checks change no verdict', () => {
    expect(
      judge(healthy, [finding('health_checks_counted', 'info')]),
    ).toMatchObject({ verdict: 'ok', codes: [] });
  });
});

describe('trap 10: counts that cannot be', () => {
  const inOneHour =
    (counts: [number, number]) =>
    (hour: number): [number, number] =>
      hour === 100 ? counts : healthy();
  const inMostHours =
    (counts: [number, number]) =>
    (hour: number): [number, number] =>
      hour % 4 ? counts : healthy();

  it.each<[string, [number, number], Verdict, string[]]>([
    ['more failures than requests', [10, 20], 'invalid', ['bad_exceeds_total']],
    ['negative requests', [-5, 0], 'invalid', ['negative_count']],
    ['negative failures', [5, -1], 'invalid', ['negative_count']],
    ['infinite requests', [Infinity, 0], 'invalid', ['not_finite']],
    ['more than 2^53 requests', [2 ** 54, 0], 'invalid', ['count_too_large']],
  ])('red: %s', (_, counts, verdict, codes) => {
    const judged = judge(inMostHours(counts));
    expect(judged).toMatchObject({ verdict, codes, objective: null });
    const { achieved, objective } = judge(healthy);
    expect(judge(inOneHour(counts))).toMatchObject({
      verdict: 'degraded',
      codes,
      achieved: expect.closeTo(achieved ?? NaN, 5),
      objective,
    });
  });

  it('red: half of the hours, which count as unknown', () => {
    const judged = judge(hour => (hour % 2 ? [-5, 0] : healthy()));
    expect(judged.objective).not.toBeNull();
    expect(judged).toMatchObject({
      verdict: 'degraded',
      codes: ['negative_count', 'gaps'],
    });
    expect(judged.reasons[0].message).toMatch(
      /^In 336 hours, first at 2026-03-01 01:00 UTC, a count is negative .*They count as unknown\./,
    );
  });

  it.each<[string, [number, number]]>([
    ['an hour without a value', [NaN, NaN]],
    ['an hour without requests', [0, 0]],
    ['a failure more than requests, of counters scraped apart', [10, 11]],
    ['2^53 requests', [2 ** 53, 0]],
  ])('green: %s', (_, counts) => {
    expect(judge(inOneHour(counts))).toMatchObject({
      verdict: 'ok',
      codes: [],
    });
  });
});

describe('trap 12: a success ratio stuck at 0', () => {
  it('red: with healthy traffic it is a broken SLI and is refused with the reason', () => {
    const { verdict, reasons, objective } = judge(() => [1_000, 1_000]);
    expect(verdict).toBe('invalid');
    expect(reasons).toMatchObject([
      {
        code: 'stuck_at_zero',
        message: expect.stringContaining('business exceptions'),
      },
    ]);
    expect(objective).toBeNull();
  });

  it('green: an outage of a day is an outage', () => {
    const judged = judge(hour => [
      1_000,
      hour >= 300 && hour < 324 ? 1_000 : 1,
    ]);
    expect(judged.verdict).toBe('ok');
    expect(judged.achieved).toBeLessThan(0.97);
  });
});
