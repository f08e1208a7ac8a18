import { writeReason } from 'backstage-plugin-slo-recommender-common';
import { aService } from '../../__testUtils__/entities';
import { type ServiceEvidence, studyService } from './studyService';
import { HOUR_MS } from '../../kernel/time/hours';

const HOURS = 28 * 24;
const asOf = new Date('2026-03-10T12:00:00Z');
const startMs = asOf.getTime() - HOURS * HOUR_MS;

const evidence: ServiceEvidence = {
  service: aService('cart'),
  series: {
    startMs,
    total: new Float64Array(HOURS).fill(1_000),
    bad: new Float64Array(HOURS).fill(1),
  },
  latencies: null,
  evidence: 'fake-metric',
  latencyEvidence: null,
  asOf,
  dataUntil: asOf,
  windowMs: 7 * 24 * HOUR_MS,
  datasourceId: 'fake',
  simulated: false,
  inputsKey: '',
  failureDefinition: null,
  findings: [],
  notices: [],
  latencyNotices: [],
  exclusions: [],
  exclusionCap: 0.1,
  events: [],
};

describe('studyService', () => {
  it('studies what is sound', () => {
    const { availability, findings } = studyService(evidence);
    expect(availability.study.verdict).toBe('ok');
    expect(findings).toEqual([]);
  });

  const latenciesOf = (perHour: number[]) => ({
    startMs,
    boundsSeconds: Float64Array.of(0.1, 10),
    counts: perHour.map(count => new Float64Array(HOURS).fill(count)),
  });

  it.each([
    [
      'all are slower than the last boundary',
      [0, 0, 50],
      'no_measurable_threshold',
      'above the highest boundary (10 s)',
    ],
    [
      'none was measured lately',
      [0, 0, 0],
      'no_recent_latencies',
      'last window',
    ],
  ])(
    'says why no latency can be promised where %s',
    (_, perHour, code, words) => {
      const { latency, findings } = studyService({
        ...evidence,
        latencies: latenciesOf(perHour),
      });
      expect(latency?.thresholds).toEqual([]);
      expect(findings).toEqual([
        expect.objectContaining({
          code,
          message: expect.stringContaining(words),
        }),
      ]);
    },
  );

  it('takes hours without requests for hours without latencies, not for unknown ones', () => {
    const isOpen = (hour: number) => hour % 24 >= 12;
    const shop = {
      startMs,
      total: evidence.series.total.map((_, hour) => (isOpen(hour) ? 50 : 0)),
      bad: new Float64Array(HOURS),
    };
    const ofShop = latenciesOf([40, 9, 1]);
    ofShop.counts = ofShop.counts.map(bucket =>
      bucket.map((count, hour) => (isOpen(hour) ? count : NaN)),
    );
    const verdictWith = (series: ServiceEvidence['series']) =>
      studyService({
        ...evidence,
        series,
        latencies: ofShop,
      }).latency?.thresholds.map(({ study }) => study.verdict);
    expect(verdictWith(shop)).toEqual(['ok', 'ok']);
    expect(verdictWith(evidence.series)).toEqual(['degraded', 'degraded']);
    expect(ofShop.counts[0][0]).toBeNaN();
  });

  it('does not blame the telemetry for what was excluded', () => {
    const hours = 12;
    const young = {
      startMs: asOf.getTime() - hours * HOUR_MS,
      total: new Float64Array(hours).fill(1_000),
      bad: new Float64Array(hours),
    };
    const reasonsWith = (excludedHours: number) =>
      studyService({
        ...evidence,
        series: young,
        exclusionCap: 1,
        exclusions: [
          {
            id: '1',
            reason: 'Moved house',
            owner: 'user:default/ada',
            fromMs: young.startMs,
            toMs: young.startMs + excludedHours * HOUR_MS,
          },
        ],
      })
        .availability.study.reasons.map(writeReason)
        .map(({ code, message }) => [code, message.slice(0, 20)]);
    expect(reasonsWith(12)).toEqual([
      ['excluded_history', 'Too little is left o'],
    ]);
    expect(reasonsWith(8)).toEqual([['short_history', 'Only 0.5 days of his']]);
  });

  it.each<[string, Partial<ServiceEvidence>, string]>([
    [
      'latencies whose boundaries descend',
      {
        latencies: {
          startMs,
          boundsSeconds: Float64Array.of(0.2, 0.1),
          counts: [1, 2, 3].map(() => new Float64Array(HOURS).fill(1)),
        },
      },
      'history.boundsSeconds[1] is 0.1',
    ],
    [
      'counts of different lengths',
      {
        series: {
          startMs,
          total: new Float64Array(HOURS),
          bad: new Float64Array(1),
        },
      },
      'bad',
    ],
  ])('does not stop at %s', (_, change, words) => {
    const { availability, latency, findings } = studyService({
      ...evidence,
      ...change,
    });
    expect(availability.study).toMatchObject({
      verdict: 'invalid',
      achieved: null,
      distribution: null,
    });
    expect(writeReason(availability.study.reasons[0])).toMatchObject({
      code: 'unusable_data',
      message: expect.stringContaining(words),
    });
    expect(latency).toBeNull();
    expect(findings).toHaveLength(1);
  });
});
