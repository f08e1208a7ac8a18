import { loadavg } from 'node:os';
import { formatCount } from 'backstage-plugin-slo-recommender-common';
import {
  createRandom,
  DAY_MS,
  type FleetEvidence,
  learnFromFleet,
  recommendSli,
  type SliStudy,
} from 'backstage-plugin-slo-recommender-engine';
import { studyLatency } from 'backstage-plugin-slo-recommender-backend/src/testing';
import { formatMs, quantile } from '../../report/figures';
import { timed } from '../../report/timing';
import type { ResultTable } from '../../Section';
import {
  FLEET_MODELS,
  type FleetModel,
  LOOKBACK_DAYS,
  simulateService,
  SIMULATION_START_MS,
  SLOW_REQUESTS,
  WINDOW_DAYS,
} from '../fleet';
import { NOTHING_ELSE, studyAsAnalysed } from '../methods';
import { simulateLatencies } from './simulateLatencies';
import { Stopwatch } from './Stopwatch';

const SERVICES = 5_000;
/** Services whose latencies are studied at all thresholds worth it. */
const FRONTIERS = 500;
const SEED = 20_240_618;
const AT = {
  asOfMs: SIMULATION_START_MS + LOOKBACK_DAYS * DAY_MS,
  windowMs: WINDOW_DAYS * DAY_MS,
};

/** Histories are drawn one after the other and forgotten, so that the fleet need not be in memory. */
const pastOf = (model: FleetModel, service: number) => ({
  ...AT,
  series: simulateService(model, LOOKBACK_DAYS, createRandom(SEED + service))
    .series,
});

/** Milliseconds that one service takes by itself, of one service in ten. */
function measureAlone(model: FleetModel, fleet: FleetEvidence): number[] {
  return Array.from({ length: SERVICES / 10 }, (_, i) => {
    const past = pastOf(model, 10 * i);
    return timed(() => recommendSli(studyAsAnalysed(past), { fleet })).ms;
  });
}

/** Time of the processor for the latency frontier of one service, in milliseconds. */
function measureFrontier(): number {
  const watch = new Stopwatch();
  for (let service = 0; service < FRONTIERS; service++) {
    const random = createRandom(SEED + service);
    const history = simulateLatencies(LOOKBACK_DAYS, random);
    watch.run(() => studyLatency(history, null, { ...AT, ...NOTHING_ELSE }));
  }
  return watch.ms / FRONTIERS;
}

/** What an analysis of a whole fleet costs, and one of a single service. */
export function measureSpeed(): ResultTable {
  const slis = [FLEET_MODELS[0], SLOW_REQUESTS];
  const [studying, learning, recommending] = [
    new Stopwatch(),
    new Stopwatch(),
    new Stopwatch(),
  ];
  const alone: number[] = [];
  for (const model of slis) {
    const studies: SliStudy[] = [];
    for (let service = 0; service < SERVICES; service++) {
      const past = pastOf(model, service);
      studies.push(studying.run(() => studyAsAnalysed(past)));
    }
    const fleet = learning.run(() => learnFromFleet(studies, AT.asOfMs));
    recommending.run(() =>
      studies.forEach(study => recommendSli(study, { fleet })),
    );
    alone.push(...measureAlone(model, fleet));
  }
  const frontierMs = measureFrontier();
  const together = studying.ms + learning.ms + recommending.ms;
  const count = formatCount(SERVICES);
  return {
    title: `Cost of an analysis: ${count} services × ${slis.length} SLIs, 90 days of hours`,
    columns: ['step', 'processor', 'target'],
    rows: [
      ['studying: change points, prediction, past windows', studying.ms, ''],
      ['learning from the fleet', learning.ms, ''],
      ['recommending', recommending.ms, ''],
      ['together', together, '≤ 5,000 ms'],
      ['one SLI alone, p50', quantile(alone, 0.5), ''],
      ['one SLI alone, p99', quantile(alone, 0.99), '≤ 100 ms'],
      ['latency of one service, at all thresholds worth it', frontierMs, ''],
    ].map(([step, ms, target]) => [
      `${step}`,
      formatMs(Number(ms)),
      `${target}`,
    ]),
    notes: [
      `Availability, and requests beyond one latency threshold; the last row studies histograms with the default buckets of OpenTelemetry at up to four thresholds, the mean of ${FRONTIERS} services. Time of the processor in this process, with the collection of garbage; of one SLI alone the time that passes.`,
      `Processes that were running or waiting on this machine in the last 1, 5 and 15 minutes: ${loadavg()
        .map(value => value.toFixed(1))
        .join(', ')}.`,
    ],
  };
}
