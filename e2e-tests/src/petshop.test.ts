import { expect, test } from '@playwright/test';
import {
  formatRatio,
  type Recommendation,
  type ServiceItem,
} from 'backstage-plugin-slo-recommender-common';
import { execFile } from 'node:child_process';
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  analyse,
  type Portal,
  startPortal,
  untilFirstAnalysis,
} from './portal';
import { type Prometheus, startPrometheus } from './prometheus';
import { OUTPUT, SHARED } from './repository';
import { requires } from './requirements';

const DATASET = join(SHARED, 'data/petshop/low_traffic');
const METRICS = join(DATASET, 'noissue/metrics.csv');
const CONVERTER = join(SHARED, 'tools/petshop.mjs');
const DAY_MS = 86_400_000;
const SERVICES = 41;
const LADDER = [
  0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9995, 0.9998, 0.9999, 0.99995,
  0.99999,
];

requires({ programs: ['promtool', 'prometheus'], files: [METRICS, CONVERTER] });

/** The instant of the first bin; three header rows and the row with the index name come before it. */
async function firstBin(): Promise<Date> {
  const row = (await readFile(METRICS, 'utf8')).split(/\r?\n/)[4];
  return new Date(Math.round(Number(row.split(',')[0])) * 1000);
}

/** What somebody without a model would promise: the highest rung that the first day reached. */
function roundedDown(ratio: number | null): number | undefined {
  return ratio === null
    ? undefined
    : LADDER.filter(rung => rung <= ratio).at(-1);
}

const percent = (ratio: number | null | undefined) =>
  ratio === null || ratio === undefined ? '–' : formatRatio(ratio);

const outcome = (objective: number | undefined, ratio: number | null) => {
  if (objective === undefined || ratio === null) return '–';
  return ratio >= objective ? 'kept' : 'missed';
};

test.describe('a recorded application in a real Prometheus', () => {
  let folder: string;
  let prometheus: Prometheus;
  let portal: Portal;

  test.beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'slo-recommender-petshop-'));
    await promisify(execFile)('node', [CONVERTER, DATASET, METRICS, folder]);
    prometheus = await startPrometheus(join(folder, 'metrics.om'), 19501);
    portal = await startPortal({
      config: 'petshop.yaml',
      port: 18020,
      env: {
        E2E_CATALOG: join(folder, 'catalog-info.yaml'),
        E2E_PROMETHEUS: prometheus.url,
      },
    });
    await untilFirstAnalysis(portal, SERVICES);
  });

  test.afterAll(async () => {
    await portal?.stop();
    await prometheus?.stop();
    if (folder) await rm(folder, { recursive: true });
  });

  async function dayEndingAt(asOf: Date) {
    const id = await analyse(portal, asOf);
    const { items } = await portal.client.getServices({ limit: 500 });
    const recommendations = new Map<string, Recommendation>();
    for (const { entityRef } of items) {
      const answer = await portal.client.getRecommendations(entityRef);
      expect(answer.analysisId).toBe(id);
      const availability = answer.recommendations.find(
        ({ sliType }) => sliType === 'availability',
      );
      if (availability) recommendations.set(entityRef, availability);
    }
    return { items, recommendations };
  }

  test('recommends from the first day what the second day keeps', async () => {
    const begin = await firstBin();
    const trained = await dayEndingAt(new Date(begin.getTime() + DAY_MS));

    expect(trained.items).toHaveLength(SERVICES);
    for (const { entityRef, achieved } of trained.items) {
      const recommendation = trained.recommendations.get(entityRef);
      expect(recommendation, entityRef).toBeDefined();
      if (!recommendation) continue;
      const { tiers, verdict, curve, reasons } = recommendation;
      if (verdict !== 'ok') expect(reasons, entityRef).not.toEqual([]);
      if (verdict === 'invalid') expect(tiers.balanced, entityRef).toBeNull();
      const rungs = [tiers.conservative, tiers.balanced, tiers.aggressive].map(
        tier => tier?.objective ?? 0,
      );
      expect(rungs, entityRef).toEqual([...rungs].sort((a, b) => a - b));
      for (const { attainment } of curve) {
        expect(attainment).toBeGreaterThanOrEqual(0);
        expect(attainment).toBeLessThanOrEqual(1);
      }
      if (achieved !== null) expect(achieved).toBeLessThanOrEqual(1);
    }
    const withTelemetry = trained.items.filter(({ requests }) => requests);
    expect(withTelemetry.length).toBeGreaterThan(30);

    const nextDay = await dayEndingAt(new Date(begin.getTime() + 2 * DAY_MS));
    const busiest = [...trained.items]
      .sort((a, b) => (b.requests ?? 0) - (a.requests ?? 0))
      .slice(0, 5);
    const rows = busiest.map(
      ({ entityRef, title, requests, achieved }: ServiceItem) => {
        const balanced =
          trained.recommendations.get(entityRef)?.tiers.balanced?.objective;
        const naive = roundedDown(achieved);
        const next =
          nextDay.items.find(item => item.entityRef === entityRef)?.achieved ??
          null;
        return [
          title,
          String(requests),
          percent(achieved),
          percent(balanced),
          percent(next),
          outcome(balanced, next),
          percent(naive),
          outcome(naive, next),
        ];
      },
    );
    const table = [
      [
        'service',
        'requests',
        'first day',
        'balanced',
        'next day',
        '',
        'rounded down',
        '',
      ],
      Array(8).fill('---'),
      ...rows,
    ]
      .map(row => `| ${row.join(' | ')} |`)
      .join('\n');
    const verdicts = new Map<string, number>();
    for (const { verdict } of trained.items) {
      verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
    }
    const note = `${trained.items.length} services: ${[...verdicts]
      .map(([verdict, count]) => `${count} ${verdict}`)
      .join(', ')}`;
    await mkdir(OUTPUT, { recursive: true });
    await writeFile(join(OUTPUT, 'petshop.md'), `${note}\n\n${table}\n`);
    process.stdout.write(`\n${note}\n${table}\n`);
  });

  test('takes what is stuck near 0 for a broken SLI and not for an outage', async () => {
    const begin = await firstBin();
    const { items, recommendations } = await dayEndingAt(
      new Date(begin.getTime() + DAY_MS),
    );
    const failedShare = (entityRef: string) => {
      const days = recommendations.get(entityRef)?.history ?? [];
      const sum = (field: 'requests' | 'badRequests') =>
        days.reduce((total, day) => total + (day[field] ?? 0), 0);
      return sum('badRequests') / Math.max(1, sum('requests'));
    };
    const stuck = items.filter(
      ({ entityRef }) => failedShare(entityRef) > 0.95,
    );
    expect(stuck).not.toEqual([]);
    for (const { entityRef, verdict, reasons } of stuck) {
      expect(['invalid', 'degraded'], entityRef).toContain(verdict);
      expect(reasons, entityRef).not.toEqual([]);
      expect(
        recommendations.get(entityRef)?.tiers.balanced ?? null,
        entityRef,
      ).toBeNull();
    }
  });

  test('offers the names of one backend as one service', async () => {
    const { items } = await portal.client.getAliasCandidates({ limit: 500 });
    const offered = items.map(({ names, evidence }) => ({
      names: names.map(name => name.toLowerCase()),
      evidence,
    }));
    const search = offered.find(({ names }) =>
      names.includes('petsearch_client'),
    );
    expect(search?.names).toContain('petsearch_aws::ecs::fargate');
    expect(search?.names.some(name => name.includes('elb.amazonaws.com'))).toBe(
      true,
    );
    expect(search?.evidence).not.toEqual([]);
  });
});
