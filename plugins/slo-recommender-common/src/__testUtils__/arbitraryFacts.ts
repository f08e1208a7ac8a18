import fc from 'fast-check';
import type { ExplanationFacts } from '../words';

const share = fc.oneof(
  fc.constantFrom(0, 1, 0.5, 0.9, 0.99, 1e-9, 1 - 1e-9),
  fc.double({ min: 0, max: 1, noNaN: true }),
  // close to 1, as availabilities are
  fc.double({ min: -12, max: 0, noNaN: true }).map(power => 1 - 10 ** power),
);
const count = fc.oneof(
  fc.nat(50),
  fc.double({ min: 0, max: 1e13, noNaN: true }),
);
const wholeCount = fc.nat(100_000);
const instant = fc
  .integer({ min: 0, max: 4_000_000_000_000 })
  .map(ms => new Date(ms).toISOString());
const objective = fc.constantFrom(
  0.9,
  0.95,
  0.98,
  0.99,
  0.995,
  0.998,
  0.999,
  0.9995,
  0.9998,
  0.9999,
  0.99995,
  0.99999,
);
const interval = fc.constant(null);
const words = fc.constantFrom(
  'critical services with 1 M to 10 M requests',
  'all services',
  'v2.31, build 7',
);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 3 });

const tier = fc.record({
  objective,
  attainment: share,
  attainmentInterval: interval,
  budgetMinutes: fc.double({ min: 0, max: 13_000, noNaN: true }),
  budgetRequests: count,
});

/** Recommendations of every kind, sound and strange: what is said of them must be in them. */
export const arbitraryFacts: fc.Arbitrary<ExplanationFacts> = fc.record({
  window: fc.integer({ min: 1, max: 90 }).map(days => `P${days}D`),
  thresholdSeconds: fc.option(fc.double({ min: 0.001, max: 60, noNaN: true }), {
    freq: 3,
    nil: undefined,
  }),
  latency: maybe(
    fc.record({
      reason: maybe(fc.constant('99 % within 250 ms is the fastest.')),
    }),
  ),
  verdict: fc.constantFrom('ok', 'degraded', 'insufficient', 'invalid'),
  achieved: maybe(share),
  requests: maybe(count),
  expectedRequests: maybe(count),
  longerWindow: maybe(
    fc.integer({ min: 1, max: 12 }).map(weeks => `P${7 * weeks}D`),
  ),
  promised: maybe(fc.record({ objective: share, attainment: maybe(share) })),
  curve: fc.oneof(
    fc.constant<ExplanationFacts['curve']>([]),
    fc.array(
      fc.record({
        objective,
        attainment: share,
        attainmentInterval: interval,
        supported: fc.boolean(),
        rung: fc.boolean(),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  ),
  tiers: fc.record({
    conservative: maybe(tier),
    balanced: maybe(tier),
    aggressive: maybe(tier),
  }),
  level: maybe(fc.constantFrom('conjecture', 'inference', 'validated')),
  confidence: maybe(share),
  calibration: maybe(
    fc.record({
      state: fc.constantFrom('calibrated', 'uncalibrated'),
      stratum: words,
      windows: wholeCount,
      services: wholeCount,
      coverage: fc.array(
        fc.record({
          nominal: fc.constantFrom(0.75, 0.9, 0.99),
          observed: share,
          interval: fc.record({ from: share, to: share }),
        }),
        { maxLength: 2 },
      ),
    }),
  ),
  backtest: maybe(fc.record({ judged: fc.nat(60), kept: fc.nat(60) })),
  borrowed: maybe(
    fc.record({
      ownWeight: share,
      peers: wholeCount,
      peerGroup: words,
      sufficientAt: maybe(instant),
    }),
  ),
  regime: maybe(
    fc.record({
      since: instant,
      changePoints: fc.array(
        fc.record({
          at: instant,
          direction: fc.constantFrom('better', 'worse'),
          before: share,
          after: share,
          event: maybe(words),
        }),
        { maxLength: 3 },
      ),
      applied: fc.boolean(),
      presentObjective: maybe(objective),
      wholeHistoryObjective: maybe(objective),
    }),
  ),
  exclusions: maybe(
    fc.record({
      excludedShare: share,
      cap: share,
      hoursOverCap: wholeCount,
      achievedWithExclusions: maybe(share),
      achievedWithoutExclusions: maybe(share),
      objectiveWithExclusions: maybe(objective),
      objectiveWithoutExclusions: maybe(objective),
    }),
  ),
  dataQuality: fc.record({
    completeness: share,
    historyDays: fc.double({ min: 0, max: 500, noNaN: true }),
    simulated: fc.boolean(),
  }),
});
