import type {
  AnalysisResponse,
  DatasourceStatus,
  ErrorBudgetResponse,
  Recommendation,
  RecommendationsResponse,
  ServiceItem,
  ServiceSummary,
  StatusResponse,
} from 'backstage-plugin-slo-recommender-common';

export const AS_OF = '2026-11-21T18:00:00.000Z';
const DAY_MS = 86_400_000;

const daysBefore = (days: number) =>
  new Date(Date.parse(AS_OF) - days * DAY_MS).toISOString();

export const datasource: DatasourceStatus = {
  id: 'eu',
  type: 'prometheus',
  simulated: false,
  state: 'ok',
  message: null,
  lastSuccessAt: AS_OF,
  lastAttemptAt: AS_OF,
};

export const status: StatusResponse = {
  services: 23,
  datasources: [datasource],
  currentAnalysis: { id: 'first', asOf: AS_OF, finishedAt: AS_OF },
  activeAnalysis: null,
  objectiveWindow: 'P28D',
  lookback: 'P90D',
  optIn: 'annotated',
  configurationIssues: [],
};

export const activeAnalysis: NonNullable<StatusResponse['activeAnalysis']> = {
  id: 'next',
  asOf: AS_OF,
  status: 'running',
  progress: 0.42,
  phase: 'reading telemetry',
  backfill: null,
};

export const runningAnalysis: AnalysisResponse = {
  id: 'next',
  asOf: AS_OF,
  status: 'running',
  progress: 0.42,
  phase: 'reading telemetry',
  services: 23,
  requestedAt: AS_OF,
  startedAt: AS_OF,
  finishedAt: null,
  backfill: null,
};

/** Promised 99.95 %, recommended 99.9 %, achieved 99.941 %. */
export const recommendation: Recommendation = {
  sliType: 'availability',
  verdict: 'ok',
  reasons: [],
  achieved: 0.99941,
  requests: 21_100_000,
  promised: { objective: 0.9995, attainment: 0.64 },
  curve: [
    { objective: 0.99, attainment: 1, supported: true },
    { objective: 0.995, attainment: 0.994, supported: true },
    { objective: 0.998, attainment: 0.97, supported: true },
    { objective: 0.999, attainment: 0.92, supported: true },
    { objective: 0.9995, attainment: 0.64, supported: true },
    { objective: 0.9999, attainment: 0.02, supported: false },
  ],
  tiers: {
    conservative: {
      objective: 0.995,
      attainment: 0.994,
      budgetMinutes: 201.6,
      budgetRequests: 107_000,
    },
    balanced: {
      objective: 0.999,
      attainment: 0.92,
      budgetMinutes: 40.32,
      budgetRequests: 21_400,
    },
    aggressive: {
      objective: 0.999,
      attainment: 0.92,
      budgetMinutes: 40.32,
      budgetRequests: 21_400,
    },
  },
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

/** 38 % of the budget of 99.9 % left, gone in three days. */
export const budget: ErrorBudgetResponse = {
  entityRef: 'component:default/checkout',
  asOf: AS_OF,
  verdict: 'ok',
  reasons: [],
  objective: 0.999,
  objectiveSource: 'promised',
  window: 'P28D',
  totalRequests: 21_400_000,
  badRequests: 13_268,
  budgetRequests: 21_400,
  budgetMinutes: 40.32,
  spent: 0.62,
  remaining: 0.38,
  completeness: 1,
  burnRates: [
    { window: 'PT1H', rate: 0.8 },
    { window: 'PT6H', rate: 7 },
    { window: 'P1D', rate: 2.2 },
    { window: 'P3D', rate: null },
  ],
  exhaustedAt: '2026-11-24T14:00:00.000Z',
  burnDown: [
    { at: daysBefore(2), remaining: 1 },
    { at: daysBefore(1), remaining: 0.7 },
    { at: daysBefore(0), remaining: 0.38 },
  ],
  pastWindows: [
    { from: daysBefore(56), to: daysBefore(28), ratio: 0.9995, kept: true },
    { from: daysBefore(84), to: daysBefore(56), ratio: 0.9981, kept: false },
    { from: daysBefore(112), to: daysBefore(84), ratio: null, kept: null },
  ],
  datasource,
};

export const checkout: ServiceItem = {
  entityRef: 'component:default/checkout',
  title: 'Checkout',
  owner: 'group:default/ordering',
  system: null,
  criticality: 'high',
  verdict: 'ok',
  reasons: [],
  achieved: 0.99941,
  requests: 21_100_000,
  promisedObjective: 0.9995,
  recommendedObjective: 0.999,
  budgetRemaining: 0.38,
  asOf: AS_OF,
  simulated: false,
};

export const summary: ServiceSummary = {
  ...checkout,
  telemetryNames: ['checkout'],
  annotationIssues: [],
  danglingReferences: [],
  datasource,
};
