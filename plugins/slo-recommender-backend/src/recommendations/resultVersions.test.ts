import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { createTestDatabases } from '../__testUtils__/databases';
import { AS_OF, aSource, checkout, payment } from '../__testUtils__/shop';
import { startBackend } from '../__testUtils__/startBackend';

jest.setTimeout(120_000);

const databases = createTestDatabases();
const directory = resolvePackagePath(
  'backstage-plugin-slo-recommender-backend',
  'migrations',
);
const MIGRATION = '20261124000000_result_versions.js';
const CHECKOUT = 'component:default/checkout';
const PAGE = '/services/component/default/checkout';
const GAPS = { code: 'gaps', message: 'Hours are missing.' };
const LATE = { code: 'stale', message: 'Nothing since yesterday.' };

const INTERVAL = { from: 0.9, to: 0.99 };
const TIER = {
  objective: 0.99,
  attainment: 0.95,
  attainmentInterval: INTERVAL,
  budgetMinutes: 100,
  budgetRequests: 1_680,
};

/** As version 1 has it, and as rows have it that are older than versions: never to be changed. */
const AVAILABILITY = {
  sliType: 'availability',
  verdict: 'degraded',
  reasons: [GAPS],
  achieved: 0.999,
  requests: 168_000,
  expectedRequests: 168_000,
  promised: { objective: 0.995, attainment: 0.8 },
  curve: [
    {
      objective: 0.99,
      attainment: 0.95,
      attainmentInterval: null,
      supported: true,
      rung: true,
    },
  ],
  tiers: { conservative: null, balanced: TIER, aggressive: TIER },
  predicted: { median: 0.001, p75: 0.002, p90: 0.003, p99: 0.01 },
  level: 'inference',
  confidence: 0.7,
  calibration: {
    state: 'calibrated',
    stratum: 'all services',
    windows: 400,
    services: 100,
    coverage: [{ nominal: 0.9, observed: 0.91, interval: INTERVAL }],
  },
  borrowed: { ownWeight: 0.5, peers: 9, peerGroup: 'all', sufficientAt: null },
  regime: {
    since: AS_OF,
    changePoints: [
      { at: AS_OF, direction: 'worse', before: 1, after: 0.99, event: 'v2' },
    ],
    applied: true,
    presentObjective: 0.99,
    wholeHistoryObjective: 0.999,
  },
  exclusions: {
    excludedShare: 0.01,
    cap: 0.1,
    hoursOverCap: 0,
    achievedWithExclusions: 0.999,
    achievedWithoutExclusions: 0.99,
    objectiveWithExclusions: 0.99,
    objectiveWithoutExclusions: null,
  },
  backtest: {
    windows: [
      {
        from: AS_OF,
        to: AS_OF,
        requests: 1,
        achieved: 1,
        recommended: 0.99,
        attainment: 0.9,
        kept: true,
        keptRecommendedNow: true,
      },
    ],
    judged: 1,
    kept: 1,
    brierScore: 0.1,
    pinballLoss: 0.001,
  },
  explanation: ['Promise 99 %.'],
  provenance: {
    inputsHash: '0'.repeat(64),
    engineVersion: '0.1.0',
    seed: 1,
    queries: ['fake: fake-metric'],
  },
  latency: null,
  dataQuality: {
    completeness: 0.9,
    historyDays: 28,
    source: 'fake',
    evidence: 'fake-metric',
    failureDefinition: 'failed requests',
    findings: [
      {
        code: 'low_coverage',
        severity: 'warning',
        message: 'Few are measured.',
        fix: null,
        snippet: { title: 'Collector', language: 'yaml', text: 'a: 1' },
        gain: null,
      },
    ],
    simulated: false,
  },
};
const LATENCY = {
  ...AVAILABILITY,
  sliType: 'latency',
  reasons: [LATE],
  promised: { objective: 0.99, attainment: null, thresholdSeconds: 0.3 },
  thresholdSeconds: 0.25,
  latency: {
    histogram: [{ fromSeconds: 0, toSeconds: 0.25, share: 1 }],
    quantiles: [
      { quantile: 0.99, interval: { fromSeconds: 0.25, toSeconds: null } },
    ],
    frontier: [
      {
        thresholdSeconds: 0.25,
        achieved: 0.99,
        objective: 0.99,
        attainment: 0.95,
        recommended: true,
      },
    ],
    reason: 'The fastest that can be kept.',
    bucketAdvice: { addSeconds: [0.5], message: 'Add a boundary.' },
    bimodal: { boundarySeconds: 0.1, slowShare: 0.2, message: 'Two kinds.' },
  },
};

const REPORT = {
  state: 'calibrated',
  message: 'Probabilities are corrected.',
  windows: 400,
  services: 100,
  reliability: [],
  pitHistogram: [1],
  brierScore: 0.1,
  pinballLoss: 0.0001,
  vacuousShare: 0,
  brokenShare: 0.1,
  coverage: [],
  monthly: [],
};

/** What was published before results had a version. */
async function insertUnversioned(knex: Knex) {
  await knex('entities').insert({
    entity_ref: CHECKOUT,
    opted_in: true,
    kind: 'component',
    title: 'Checkout',
    sort_title: 'checkout',
    promised_objective: 0.995,
    telemetry_names: '["checkout"]',
    annotation_issues: '[]',
  });
  await knex('analyses').insert({
    id: 'a',
    trigger: 'schedule',
    as_of: AS_OF,
    status: 'completed',
    progress: 1,
    phase: 'Completed',
    services: 1,
    requested_at: AS_OF,
    started_at: AS_OF,
    finished_at: AS_OF,
  });
  await knex('analysis_results').insert({
    analysis_id: 'a',
    entity_ref: CHECKOUT,
    as_of: AS_OF,
    verdict: 'degraded',
    achieved: 0.999,
    requests: 168_000,
    recommended_objective: 0.99,
    budget_remaining: 0.8,
    window_ms: 7 * 86_400_000,
    datasource_id: 'fake',
    simulated: false,
    inputs_key: 'inputs',
    recommendations: JSON.stringify([AVAILABILITY, LATENCY]),
  });
  await knex('snapshots').insert({ id: 1, analysis_id: 'a' });
  await knex('fleet_calibrations').insert({
    analysis_id: 'a',
    sli_type: 'availability',
    as_of: AS_OF,
    report: JSON.stringify(REPORT),
    calibration: '{}',
  });
}

describe.each(databases.eachSupportedId())(
  'results of earlier versions on %s',
  databaseId => {
    const stops: (() => Promise<void>)[] = [];
    afterEach(async () => {
      for (const stop of stops.splice(0)) await stop();
    });

    /** A database with results, before the migration. */
    async function createUnversioned() {
      const knex = await databases.init(databaseId);
      for (;;) {
        const [, [applied]] = await knex.migrate.up({ directory });
        if (applied === MIGRATION) break;
      }
      await knex.migrate.down({ directory });
      await insertUnversioned(knex);
      return knex;
    }

    async function startOn(knex: Knex) {
      const backend = await startBackend({
        database: knex,
        entities: [checkout, payment],
        sources: [aSource()],
      });
      stops.push(backend.stop);
      return backend;
    }

    it('keep every value when the migration goes up and down', async () => {
      const knex = await createUnversioned();
      const before = await knex('analysis_results').first();
      await knex.migrate.up({ directory });
      await expect(knex('analysis_results').first()).resolves.toEqual({
        ...before,
        kind: 'recommendations',
        version: 1,
        reasons: JSON.stringify([GAPS, LATE]),
      });
      await knex('analysis_results').insert([
        { ...before, kind: 'another', version: 1 },
        { ...before, kind: 'recommendations', version: 2, entity_ref: 'b' },
      ]);

      await knex.migrate.down({ directory });
      await expect(knex('analysis_results')).resolves.toEqual([before]);
      await expect(knex('fleet_calibrations').first()).resolves.toEqual({
        analysis_id: 'a',
        sli_type: 'availability',
        as_of: AS_OF,
        report: JSON.stringify(REPORT),
        calibration: '{}',
      });
      await expect(
        knex('analysis_results').insert({ ...before, verdict: 'ok' }),
      ).rejects.toThrow();
      await knex.migrate.latest({ directory });
      await expect(knex('analysis_results').pluck('reasons')).resolves.toEqual([
        JSON.stringify([GAPS, LATE]),
      ]);
    });

    it('are shown before there is a first one of this version', async () => {
      const { get, client } = await startOn(await createUnversioned());
      const { body: services } = await get('/services').expect(200);
      const item = {
        entityRef: CHECKOUT,
        verdict: 'degraded',
        reasons: [GAPS, LATE],
        achieved: 0.999,
        recommendedObjective: 0.99,
        asOf: AS_OF,
      };
      expect(services.items).toEqual([expect.objectContaining(item)]);
      const { body: service } = await get(PAGE).expect(200);
      expect(service).toMatchObject(item);
      await expect(client().getRecommendations(CHECKOUT)).resolves.toEqual(
        expect.objectContaining({
          asOf: AS_OF,
          analysisId: 'a',
          recommendations: [
            {
              ...AVAILABILITY,
              slo: 'availability',
              environment: 'all',
              history: [],
            },
            {
              ...LATENCY,
              slo: 'latency-250ms',
              environment: 'all',
              history: [],
            },
          ],
        }),
      );
      const { body: budget } = await get(
        `${PAGE}/error-budget-breakdown`,
      ).expect(200);
      expect(budget).toMatchObject({ verdict: 'degraded', reasons: [GAPS] });
      const { body: status } = await get('/status').expect(200);
      expect(status.currentAnalysis).toEqual({
        id: 'a',
        asOf: AS_OF,
        finishedAt: AS_OF,
      });
      await expect(client().getFleetCalibration()).resolves.toEqual({
        sliType: 'availability',
        asOf: AS_OF,
        ...REPORT,
      });
    });

    it.each([
      ['of an older version', { version: 0 }, { version: 0 }],
      ['of a later version', { version: 99 }, { version: 99 }],
      [
        'that are no JSON',
        { recommendations: '[{', reasons: '[{' },
        { report: '{' },
      ],
      [
        'of another form',
        { recommendations: '[{}]', reasons: '[{}]' },
        { report: '{}' },
      ],
    ])(
      'answer as not analysed yet if they are rows %s, and are replaced',
      async (_, changedResult, changedCalibration) => {
        const knex = await createUnversioned();
        await knex.migrate.latest({ directory });
        await knex('analysis_results').update(changedResult);
        await knex('fleet_calibrations').update(changedCalibration);
        const { get, analyse } = await startOn(knex);
        const notAnalysed = {
          verdict: 'insufficient',
          reasons: [expect.objectContaining({ code: 'not_analysed' })],
          asOf: null,
        };
        const pages = async () => {
          const answers: Record<string, unknown>[] = [];
          for (const path of [PAGE, `${PAGE}/slo-recommendations`]) {
            answers.push((await get(path).expect(200)).body);
          }
          await get(`${PAGE}/error-budget-breakdown`).expect(200);
          await get(`${PAGE}/dependencies`).expect(200);
          await get('/status').expect(200);
          return answers;
        };
        const { body: services } = await get('/services').expect(200);
        expect(services.items).toEqual([expect.objectContaining(notAnalysed)]);
        const [service, recommendations] = await pages();
        expect(service).toMatchObject(notAnalysed);
        expect(recommendations).toMatchObject({
          asOf: null,
          recommendations: [{ verdict: 'insufficient' }],
        });
        const { body: calibration } =
          await get('/fleet/calibration').expect(200);
        expect(calibration).toMatchObject({
          state: 'uncalibrated',
          asOf: null,
        });

        await analyse({ asOf: AS_OF });
        const [analysed] = await pages();
        expect(analysed).toMatchObject({ verdict: 'ok', asOf: AS_OF });
      },
    );
  },
);
