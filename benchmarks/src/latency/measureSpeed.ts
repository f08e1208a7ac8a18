import {
  allThresholdSeries,
  candidateThresholds,
  DAY_MS,
  HOUR_MS,
  latencyDistribution,
  latencyInSequence,
  latencyProfile,
  type LatencyDistribution,
  type LatencyHistory,
} from 'backstage-plugin-slo-recommender-engine';
import { formatMs, quantile } from '../report/figures';
import { repeatedly } from '../report/timing';
import type { ResultTable } from '../Section';
import { countByBucket, type BucketLayout } from './layouts';
import type { SimulatedService } from './services';

const HOURS = 90 * 24;
const RUNS = 200;
const CHAIN = 6;

/** What one service costs in an analysis. */
export function measureSpeed(
  services: SimulatedService[],
  layout: BucketLayout,
  say: (message: string) => void,
): ResultTable {
  say('• speed');
  const histories = services.map(({ seconds }): LatencyHistory => {
    const counts = countByBucket(layout, seconds.subarray(0, 10_000));
    return {
      startMs: 0,
      boundsSeconds: layout.boundsSeconds,
      counts: Array.from(counts, count => new Float64Array(HOURS).fill(count)),
    };
  });
  const question = { asOfMs: HOURS * HOUR_MS, windowMs: 28 * DAY_MS };
  let turn = 0;
  const nextHistory = () => histories[turn++ % histories.length];
  const distributions = histories.flatMap(
    ({ boundsSeconds, counts }): LatencyDistribution[] => {
      const first = Float64Array.from(counts, ([count]) => count);
      const known = latencyDistribution({ boundsSeconds, counts: first });
      return known ? [known] : [];
    },
  );
  const rows: [what: string, work: () => unknown, target: string][] = [
    [
      'profile and candidates',
      () => {
        const history = nextHistory();
        latencyProfile(history, question);
        candidateThresholds(history, question);
      },
      '≤ 1 ms',
    ],
    [
      'series of 4 thresholds',
      () => {
        const history = nextHistory();
        allThresholdSeries(history, [4, 5, 6, 7]);
      },
      '',
    ],
    [
      `chain of ${CHAIN} services`,
      () => latencyInSequence(distributions.slice(0, CHAIN)),
      '',
    ],
  ];
  return {
    title: 'Speed of latency, per service',
    columns: ['step', 'p50', 'p99', 'fastest run', 'target'],
    rows: rows.map(([what, work, target]) => {
      repeatedly(RUNS, work);
      const times = repeatedly(RUNS, work);
      return [
        what,
        formatMs(quantile(times, 0.5)),
        formatMs(quantile(times, 0.99)),
        formatMs(Math.min(...times)),
        target,
      ];
    }),
    notes: [
      `Histories of ${layout.boundsSeconds.length + 1} buckets and ${HOURS.toLocaleString('en')} hours, ${RUNS} runs after as many to warm up.`,
    ],
  };
}
