import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { Knex } from 'knex';
import { ConfigReader } from '@backstage/config';
import {
  createFeatures,
  Metrics,
  openDatabase,
  readSloRecommenderConfig,
  TelemetrySources,
} from 'backstage-plugin-slo-recommender-backend/src/testing';
import { ENABLED_ANNOTATION } from 'backstage-plugin-slo-recommender-common';
import { HOUR_MS } from 'backstage-plugin-slo-recommender-node';
import { type Watched, watched } from '../report/watched';
import { fleetTelemetry } from './fleetTelemetry';

export const SERVICES = 5_000;

const STARTED_AT = Date.UTC(2025, 5, 2, 12, 30);

/** What a phase of the analysis took, in milliseconds. */
export interface PhaseFigures {
  /** Work of the processor. */
  cpuMs: number;
  /** Longest time for which nothing else of the process could run. */
  longestBlockMs: number;
}

export type Phases = Map<string, PhaseFigures>;

export interface AnalysisFigures {
  whole: Watched<void>;
  phases: Phases;
}

/** An entity that the catalog has of the fleet. */
export const fleetService = (index: number) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: `service-${index}`,
    annotations: { [ENABLED_ANNOTATION]: 'true' },
  },
  spec: { type: 'service', owner: 'team', lifecycle: 'production' },
});

const processorMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

/** Looks at the analysis until it is over, and notes what it does to the process in which phase. */
async function follow(database: Knex, id: string): Promise<Phases> {
  const phases: Phases = new Map();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  let before = processorMs();
  for (;;) {
    await setTimeout(20);
    const { phase, status, error } = await database('analyses')
      .where({ id })
      .first();
    const known = phases.get(phase);
    const now = processorMs();
    phases.set(phase, {
      cpuMs: (known?.cpuMs ?? 0) + now - before,
      longestBlockMs: Math.max(known?.longestBlockMs ?? 0, delay.max / 1e6),
    });
    delay.reset();
    before = now;
    if (status === 'failed') throw new Error(error);
    if (status === 'completed') {
      delay.disable();
      return phases;
    }
  }
}

/** The first analysis of a fleet, and the one of the hour after. */
export async function runAnalyses(
  database: Knex,
  say: (message: string) => void,
): Promise<AnalysisFigures[]> {
  const logger = mockServices.rootLogger();
  let nowMs = STARTED_AT;
  const now = () => new Date(nowMs);
  const config = readSloRecommenderConfig(
    new ConfigReader({
      sloRecommender: { datasources: [{ id: 'fleet', type: 'fleet' }] },
    }),
  );
  const metrics = new Metrics();
  const { analyses } = createFeatures({
    auth: mockServices.auth(),
    catalog: catalogServiceMock({
      entities: Array.from({ length: SERVICES }, (_, i) => fleetService(i)),
    }),
    config,
    database: await openDatabase({ getClient: async () => database }),
    logger,
    metrics,
    permissions: mockServices.permissions(),
    sources: new TelemetrySources({
      datasources: config.datasources,
      factories: [{ type: 'fleet', create: ({ id }) => fleetTelemetry(id) }],
      logger,
      metrics,
    }),
    dependencySources: [],
    replicaId: 'benchmark',
    now,
  });
  const figures: AnalysisFigures[] = [];
  try {
    for (const name of ['first', 'next hour']) {
      say(`• ${name}`);
      const phases: Phases = new Map();
      const whole = await watched(async () => {
        const id = await analyses.queue.add({ trigger: 'schedule' });
        (await follow(database, id)).forEach((one, phase) =>
          phases.set(phase, one),
        );
      });
      figures.push({ whole, phases });
      nowMs += HOUR_MS;
    }
  } finally {
    await analyses.stop?.();
  }
  return figures;
}
