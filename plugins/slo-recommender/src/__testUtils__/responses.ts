import type {
  AnalysisResponse,
  DatasourceStatus,
  ErrorBudgetResponse,
  ServiceItem,
  ServicesResponse,
  ServiceSummary,
  StatusResponse,
} from 'backstage-plugin-slo-recommender-common';

export const AS_OF = '2026-11-21T18:00:00.000Z';
const DAY_MS = 86_400_000;

/** The instant some days before the fixtures' as-of instant. */
export const daysBefore = (days: number) =>
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

/** 38 % of the budget of 99.9 % left, gone in three days. */
export const budget: ErrorBudgetResponse = {
  entityRef: 'component:default/checkout',
  slo: 'availability',
  environment: 'all',
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

export const verdictCounts: ServicesResponse['counts'] = {
  ok: 20,
  degraded: 0,
  insufficient: 0,
  invalid: 3,
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
