import { joinNames, mergeOrigins, type OriginFacts } from './mergeOrigins';

const NOW = '2026-03-10T00:00:00.000Z';
const LONG_AGO = '2026-01-01T00:00:00.000Z';
const FRESHNESS = {
  referenceMs: Date.parse(NOW),
  staleAfterMs: 14 * 86_400_000,
};

const facts = (overrides: Partial<OriginFacts>): OriginFacts => ({
  origin: 'catalog',
  claim: 'declared',
  kind: null,
  strength: null,
  calls: null,
  failedCalls: null,
  seconds: null,
  latency: null,
  attributes: {},
  firstSeenAt: null,
  lastSeenAt: null,
  reportedAt: null,
  reports: 1,
  ...overrides,
});
const catalog = (overrides: Partial<OriginFacts> = {}) =>
  facts({ strength: 'hard', ...overrides });
const telemetry = (overrides: Partial<OriginFacts> = {}) =>
  facts({
    origin: 'telemetry:a',
    claim: 'observed',
    kind: 'sync',
    calls: 3_600,
    failedCalls: 36,
    seconds: 3_600,
    firstSeenAt: LONG_AGO,
    lastSeenAt: NOW,
    reportedAt: NOW,
    ...overrides,
  });
const reported = (overrides: Partial<OriginFacts> = {}) =>
  telemetry({ origin: 'report:mesh', kind: null, ...overrides });

describe('mergeOrigins', () => {
  it.each([
    [
      'declared',
      [catalog()],
      { declared: true, observed: false, strength: 'hard', lastSeenAt: null },
    ],
    [
      'observed',
      [telemetry()],
      { declared: false, observed: true, strength: 'hard', callsPerSecond: 1 },
    ],
    [
      'declared soft and observed',
      [telemetry(), catalog({ strength: 'soft' })],
      { declared: true, observed: true, strength: 'soft', failureRatio: 0.01 },
    ],
    [
      'declared hard and seen on a queue',
      [catalog(), telemetry({ kind: 'async' })],
      { kind: 'async', strength: 'soft' },
    ],
    [
      'declared asynchronous and seen as a call',
      [catalog({ kind: 'async', strength: 'soft' }), telemetry()],
      { kind: 'async', strength: 'soft' },
    ],
    [
      'reported as a hard message',
      [reported({ kind: 'async', strength: 'hard' })],
      { kind: 'async', strength: 'soft' },
    ],
    [
      'counted by telemetry and by a report',
      [reported({ calls: 9e9 }), telemetry()],
      { callsPerSecond: 1, failureRatio: 0.01 },
    ],
    [
      'counted by two datasources',
      [
        telemetry(),
        telemetry({ origin: 'telemetry:b', calls: 7_200, failedCalls: 0 }),
      ],
      { callsPerSecond: 2, failureRatio: 0 },
    ],
    [
      'counted without a time',
      [reported({ seconds: null })],
      { callsPerSecond: null, failureRatio: 0.01 },
    ],
    [
      'counted as zero',
      [reported({ calls: 0, failedCalls: 0 })],
      { callsPerSecond: 0, failureRatio: null },
    ],
    [
      'known to a source without counts',
      [reported({ calls: null, failedCalls: null })],
      { observed: true, callsPerSecond: null, failureRatio: null },
    ],
    [
      'seen long ago',
      [telemetry({ lastSeenAt: LONG_AGO })],
      { stale: true, observed: true, callsPerSecond: 1 },
    ],
    [
      'declared, and seen long ago',
      [catalog(), telemetry({ lastSeenAt: LONG_AGO })],
      {
        stale: false,
        declared: true,
        observed: false,
        callsPerSecond: null,
        lastSeenAt: LONG_AGO,
      },
    ],
  ])('joins what is %s', (_, all, expected) => {
    expect(mergeOrigins(all, FRESHNESS)).toMatchObject(expected);
    expect(mergeOrigins([...all].reverse(), FRESHNESS)).toMatchObject(expected);
  });

  it('changes nothing but provenance and confidence by the same word of a second source', () => {
    const { provenance, confidence, ...one } = mergeOrigins(
      [telemetry()],
      FRESHNESS,
    );
    const {
      provenance: both,
      confidence: higher,
      ...two
    } = mergeOrigins([telemetry(), reported()], FRESHNESS);
    expect(two).toEqual(one);
    expect(both.map(({ origin }) => origin)).toEqual([
      'report:mesh',
      'telemetry:a',
    ]);
    expect(provenance).toHaveLength(1);
    expect(higher).toBeGreaterThan(confidence);
  });
});

describe('joinNames', () => {
  it('adds the calls of names reported at the same time, and not those of names that are gone', () => {
    expect(
      joinNames([
        telemetry({ calls: 10, failedCalls: 1 }),
        telemetry({ calls: 5, failedCalls: 1, kind: 'virtual' }),
        telemetry({
          calls: 1_000,
          reportedAt: LONG_AGO,
          lastSeenAt: LONG_AGO,
          reports: 7,
        }),
      ]),
    ).toMatchObject({
      calls: 15,
      failedCalls: 2,
      kind: 'sync',
      lastSeenAt: NOW,
      reports: 7,
    });
  });
});
