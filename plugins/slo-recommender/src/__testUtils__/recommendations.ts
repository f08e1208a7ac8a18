import type {
  BacktestWindow,
  CurvePoint,
  Recommendation,
  RecommendationsResponse,
} from 'backstage-plugin-slo-recommender-common';
import { AS_OF, datasource, daysBefore } from './responses';

const rung = (
  objective: number,
  attainment: number,
  from: number,
  to: number,
): CurvePoint => ({
  objective,
  attainment,
  attainmentInterval: { from, to },
  supported: true,
  rung: true,
});

const balanced = {
  objective: 0.999,
  attainment: 0.92,
  attainmentInterval: { from: 0.88, to: 0.95 },
  budgetMinutes: 40.32,
  budgetRequests: 21_400,
};

/** The window that ended some weeks ago. */
export function pastWindow(
  weeksAgo: number,
  outcome: Partial<BacktestWindow> = {},
): BacktestWindow {
  return {
    from: daysBefore(7 * weeksAgo + 28),
    to: daysBefore(7 * weeksAgo),
    requests: 21_000_000,
    achieved: 0.9994,
    recommended: 0.999,
    attainment: 0.93,
    kept: true,
    keptRecommendedNow: true,
    ...outcome,
  };
}

/** Promised 99.95 %, recommended 99.9 %, achieved 99.941 %; tested and kept in 3 of 4 past windows. */
export const recommendation: Recommendation = {
  slo: 'availability',
  environment: 'all',
  sliType: 'availability',
  verdict: 'ok',
  reasons: [],
  achieved: 0.99941,
  requests: 21_100_000,
  expectedRequests: 21_400_000,
  promised: { objective: 0.9995, attainment: 0.64 },
  curve: [
    rung(0.99, 1, 0.995, 1),
    rung(0.995, 0.994, 0.985, 0.999),
    rung(0.998, 0.97, 0.94, 0.985),
    rung(0.999, 0.92, 0.88, 0.95),
    { ...rung(0.9993, 0.8, 0.74, 0.85), rung: false },
    rung(0.9995, 0.64, 0.56, 0.71),
    { ...rung(0.9999, 0.02, 0.005, 0.05), supported: false },
  ],
  tiers: {
    conservative: {
      objective: 0.995,
      attainment: 0.994,
      attainmentInterval: { from: 0.985, to: 0.999 },
      budgetMinutes: 201.6,
      budgetRequests: 107_000,
    },
    balanced,
    aggressive: balanced,
  },
  predicted: { median: 0.00058, p75: 0.00071, p90: 0.00093, p99: 0.0032 },
  level: 'validated',
  confidence: 0.87,
  calibration: {
    state: 'calibrated',
    stratum: '1 M to 100 M requests a window, 56 days of history or more',
    windows: 480,
    services: 61,
    coverage: [
      { nominal: 0.75, observed: 0.76, interval: { from: 0.72, to: 0.8 } },
      { nominal: 0.9, observed: 0.91, interval: { from: 0.88, to: 0.93 } },
    ],
  },
  borrowed: null,
  regime: null,
  exclusions: null,
  backtest: {
    windows: [
      pastWindow(3),
      pastWindow(2, {
        achieved: 0.9987,
        kept: false,
        keptRecommendedNow: false,
      }),
      pastWindow(1, {
        recommended: 0.998,
        achieved: 0.9988,
        keptRecommendedNow: false,
      }),
      pastWindow(0),
    ],
    judged: 4,
    kept: 3,
    brierScore: 0.042,
    pinballLoss: 0.00012,
  },
  explanation: [
    'Over the last 28 days 99.941 % of 21.1M requests succeeded.',
    'Of 4 past windows the recommendation held in 3.',
  ],
  provenance: {
    inputsHash: '9f2c41d07be5',
    engineVersion: '0.4.0',
    seed: 7,
    queries: ['sum(increase(calls_total[1h]))'],
  },
  latency: null,
  history: [
    {
      day: '2026-11-19',
      requests: 700_000,
      badRequests: 400,
      rollingRatio: null,
    },
    {
      day: '2026-11-20',
      requests: 720_000,
      badRequests: 390,
      rollingRatio: 0.9994,
    },
    {
      day: '2026-11-21',
      requests: 710_000,
      badRequests: 410,
      rollingRatio: 0.99941,
    },
  ],
  dataQuality: {
    completeness: 0.996,
    historyDays: 90,
    source: 'eu',
    evidence: 'otel-collector-span-metrics',
    failureDefinition: 'Server spans with status ERROR',
    findings: [],
    simulated: false,
  },
};

/** 99 % faster than 300 ms, kept with 92 %; 95 % faster than 100 ms would do too. */
export const latencyRecommendation: Recommendation = {
  ...recommendation,
  slo: 'latency-300ms',
  sliType: 'latency',
  achieved: 0.9931,
  promised: null,
  thresholdSeconds: 0.3,
  curve: [
    rung(0.98, 0.995, 0.985, 0.999),
    rung(0.99, 0.92, 0.88, 0.95),
    rung(0.995, 0.2, 0.15, 0.27),
  ],
  tiers: {
    conservative: {
      objective: 0.98,
      attainment: 0.995,
      attainmentInterval: { from: 0.985, to: 0.999 },
      budgetMinutes: 806.4,
      budgetRequests: 428_000,
    },
    balanced: {
      objective: 0.99,
      attainment: 0.92,
      attainmentInterval: { from: 0.88, to: 0.95 },
      budgetMinutes: 403.2,
      budgetRequests: 214_000,
    },
    aggressive: null,
  },
  predicted: { median: 0.0071, p75: 0.008, p90: 0.0098, p99: 0.019 },
  latency: {
    histogram: [
      { fromSeconds: 0, toSeconds: 0.1, share: 0.952 },
      { fromSeconds: 0.1, toSeconds: 0.3, share: 0.0411 },
      { fromSeconds: 0.3, toSeconds: 1, share: 0.0066 },
      { fromSeconds: 1, toSeconds: null, share: 0.0003 },
    ],
    quantiles: [
      { quantile: 0.5, interval: { fromSeconds: 0, toSeconds: 0.1 } },
      { quantile: 0.99, interval: { fromSeconds: 0.1, toSeconds: 0.3 } },
      { quantile: 0.9999, interval: { fromSeconds: 1, toSeconds: null } },
    ],
    frontier: [
      {
        thresholdSeconds: 0.1,
        achieved: 0.952,
        objective: 0.95,
        attainment: 0.91,
        recommended: false,
      },
      {
        thresholdSeconds: 0.3,
        achieved: 0.9931,
        objective: 0.99,
        attainment: 0.92,
        recommended: true,
      },
      {
        thresholdSeconds: 1,
        achieved: 0.9997,
        objective: null,
        attainment: null,
        recommended: false,
      },
    ],
    reason: 'The fastest threshold at which 99 % are kept with 90 %.',
    bucketAdvice: null,
    bimodal: null,
  },
};

export function recommendationsWith(
  changes: Partial<Recommendation> = {},
  response: Partial<RecommendationsResponse> = {},
): RecommendationsResponse {
  return {
    entityRef: 'component:default/checkout',
    asOf: AS_OF,
    analysisId: 'first',
    window: 'P28D',
    recommendations: [{ ...recommendation, ...changes }],
    datasource,
    ...response,
  };
}

/** An answer that says something of the latencies too. */
export function latencyWith(
  changes: Partial<Recommendation> = {},
): RecommendationsResponse {
  return recommendationsWith(
    {},
    {
      recommendations: [
        recommendation,
        { ...latencyRecommendation, ...changes },
      ],
    },
  );
}
