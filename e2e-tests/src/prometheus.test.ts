import { expect, test } from '@playwright/test';
import type { RecommendationsResponse } from 'backstage-plugin-slo-recommender-common';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportCompany } from './exportCompany';
import {
  analyse,
  type Portal,
  startPortal,
  untilFirstAnalysis,
} from './portal';
import { type Prometheus, startPrometheus } from './prometheus';
import { requires } from './requirements';

const HOUR_MS = 3_600_000;
/** Longer than the lookback of 90 days, so that the first hours of every series lie outside of it. */
const HISTORY_DAYS = 100;
const SERVICES = 20;

requires({ programs: ['promtool', 'prometheus'] });

/**
 * What must not depend on where the counts come from. A counter that begins at 0 lets Prometheus know an idle hour before
 * a new service's first one; so idle and unknown days look alike here, and the length of a history is in whole days.
 */
function essence({ asOf, window, recommendations }: RecommendationsResponse) {
  return {
    asOf,
    window,
    recommendations: recommendations.map(
      ({
        dataQuality,
        history,
        reasons,
        explanation,
        provenance,
        ...recommendation
      }) => {
        const codes = reasons.map(({ code }) => code);
        // a counter does not tell the hour before its first sample from one without requests: of days that counts
        if (recommendation.verdict === 'insufficient') {
          return { verdict: recommendation.verdict, codes };
        }
        return {
          ...recommendation,
          codes,
          // what is simulated is said to be
          explanation: explanation.filter(
            sentence => sentence !== 'The telemetry is simulated.',
          ),
          seed: provenance?.seed,
          completeness: dataQuality.completeness,
          historyDays: Math.floor(dataQuality.historyDays),
          history: history.map(day => ({
            ...day,
            requests: day.requests ?? 0,
            badRequests: day.badRequests ?? 0,
          })),
        };
      },
    ),
  };
}

test.describe('the simulated company in a real Prometheus', () => {
  // a quarter of a day behind, so that every hour has settled
  const asOf = new Date(Math.floor(Date.now() / HOUR_MS - 6) * HOUR_MS);
  const anchor = new Date(`${asOf.toISOString().slice(0, 10)}T00:00:00Z`);
  let folder: string;
  let prometheus: Prometheus;
  const portals: Portal[] = [];

  test.beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'slo-recommender-company-'));
    const file = join(folder, 'metrics.om');
    await exportCompany({ anchor, to: asOf, days: HISTORY_DAYS, file });
    prometheus = await startPrometheus(file, 19502);
  });

  test.afterAll(async () => {
    for (const portal of portals) await portal.stop();
    await prometheus?.stop();
    if (folder) await rm(folder, { recursive: true });
  });

  async function recommend(config: string, port: number) {
    const portal = await startPortal({
      config,
      port,
      env: {
        E2E_ANCHOR: anchor.toISOString().slice(0, 10),
        E2E_PROMETHEUS: prometheus.url,
      },
    });
    portals.push(portal);
    await untilFirstAnalysis(portal, SERVICES);
    await analyse(portal, asOf);
    const { items } = await portal.client.getServices({ limit: 500 });
    const answers = new Map<string, ReturnType<typeof essence>>();
    for (const { entityRef } of items) {
      answers.set(
        entityRef,
        essence(await portal.client.getRecommendations(entityRef)),
      );
    }
    return answers;
  }

  test('gets the recommendations that the simulated source gets', async () => {
    const [simulated, measured] = await Promise.all([
      recommend('simulated.yaml', 18030),
      recommend('exported.yaml', 18031),
    ]);
    expect([...measured.keys()].sort()).toEqual([...simulated.keys()].sort());
    for (const [entityRef, answer] of simulated) {
      expect(measured.get(entityRef), entityRef).toEqual(answer);
    }
  });
});
