import { formatCount } from 'backstage-plugin-slo-recommender-common';
import {
  latencyDistribution,
  latencyInParallel,
  latencyInSequence,
  latencyQuantile,
  type LatencyDistribution,
} from 'backstage-plugin-slo-recommender-engine';
import { median, quantile } from '../report/figures';
import type { ResultTable } from '../Section';
import { countByBucket, LAYOUTS, type BucketLayout } from './layouts';
import type { SimulatedService } from './services';

const CHAINS = 100;
const FEWEST_SERVICES = 2;
const MOST_SERVICES = 6;
const PROBABILITIES = [0.5, 0.9, 0.95, 0.99];

/** Services called together, and what comes of it, fastest first. */
interface Composed {
  services: number[];
  seconds: Float64Array;
}

/** How calls are composed: of histograms, of single latencies, and of quantiles by rule of thumb. */
interface Composition {
  title: string;
  ours: (calls: LatencyDistribution[]) => LatencyDistribution;
  exact: (a: number, b: number) => number;
  thumb: string;
}

const COMPOSITIONS: readonly Composition[] = [
  {
    title: 'Quantiles of chains of 2 to 6 services, one after another',
    ours: latencyInSequence,
    exact: (a, b) => a + b,
    thumb: 'Σ quantiles',
  },
  {
    title: 'Quantiles of 2 to 6 services at the same time, all waited for',
    ours: latencyInParallel,
    exact: (a, b) => Math.max(a, b),
    thumb: 'slowest quantile',
  },
];

/** Errors of composed quantiles against the same latencies composed one by one. */
export function measureComposition(
  services: SimulatedService[],
  random: () => number,
  say: (message: string) => void,
): ResultTable[] {
  const quantilesOfServices = services.map(({ seconds }) =>
    quantilesOf(seconds.toSorted()),
  );
  return COMPOSITIONS.map(composition => {
    say(`• ${composition.title}`);
    const composed = Array.from({ length: CHAINS }, () =>
      compose(services, composition.exact, random),
    );
    const truths = composed.map(({ seconds }) => quantilesOf(seconds));
    const thumbErrors = composed.map((chain, c) =>
      PROBABILITIES.map((_, p) => {
        const parts = chain.services.map(
          service => quantilesOfServices[service][p],
        );
        return (
          parts.reduce((a, b) => composition.exact(a, b)) / truths[c][p] - 1
        );
      }),
    );
    const rows = LAYOUTS.flatMap(layout => {
      const ours = errorsOf(layout, services, composed, truths, composition);
      const rowOf = (what: string, chosen: number[]) => {
        const all = chosen.flatMap(p => ours.map(errors => errors[p]));
        const answered = all.flatMap(error => error ?? []).map(Math.abs);
        const thumb = chosen
          .flatMap(p => thumbErrors.map(errors => errors[p]))
          .map(Math.abs);
        return [
          `${layout.name}, ${what}`,
          percent(median(answered)),
          percent(quantile(answered, 0.95)),
          percent(Math.max(...answered)),
          layout.target === undefined ? '' : `≤ ${percent(layout.target)}`,
          percent(1 - answered.length / all.length),
          percent(median(thumb)),
          percent(quantile(thumb, 0.95)),
        ];
      };
      return [
        ...PROBABILITIES.map((p, i) => rowOf(`p${Math.round(100 * p)}`, [i])),
        rowOf('all', [...PROBABILITIES.keys()]),
      ];
    });
    return {
      title: composition.title,
      columns: [
        'buckets',
        'ours: median',
        'p95',
        'worst',
        'target',
        'no answer',
        `${composition.thumb}: median`,
        'p95',
      ],
      rows,
      notes: [
        `|error| of the quantile, over ${CHAINS} compositions drawn from ${services.length} services: lognormal, gamma and mixtures of two lognormals, with medians from 8 to 900 ms. The truth is the quantile of ${formatCount(services[0].seconds.length)} latencies composed one by one. “${composition.thumb}” takes the exact quantiles of the services, without any bucket. There is no answer where a quantile lies among requests slower than every boundary. The worst errors are of mixtures whose two kinds of requests meet within one bucket.`,
      ],
    };
  });
}

function compose(
  services: SimulatedService[],
  exact: (a: number, b: number) => number,
  random: () => number,
): Composed {
  const below = (limit: number) => Math.floor(random() * limit);
  const length = FEWEST_SERVICES + below(MOST_SERVICES - FEWEST_SERVICES + 1);
  const chosen = Array.from({ length }, () => below(services.length));
  const samples = services[0].seconds.length;
  const seconds = new Float64Array(samples);
  for (const service of chosen) {
    // turned by chance, so that a service called twice is not as slow both times
    const turn = below(samples);
    const drawn = services[service].seconds;
    for (let i = 0; i < samples; i++) {
      seconds[i] = exact(seconds[i], drawn[(i + turn) % samples]);
    }
  }
  return { services: chosen, seconds: seconds.sort() };
}

/** Relative error per composition and probability; null where there is no answer. */
function errorsOf(
  layout: BucketLayout,
  services: SimulatedService[],
  composed: Composed[],
  truths: number[][],
  { ours }: Composition,
): (number | null)[][] {
  const { boundsSeconds } = layout;
  const distributions = services.map(({ seconds }) => {
    const counts = countByBucket(layout, seconds);
    const distribution = latencyDistribution({ boundsSeconds, counts });
    if (!distribution) throw new Error('A service has no latencies.');
    return distribution;
  });
  return composed.map((chain, c) => {
    const result = ours(chain.services.map(i => distributions[i]));
    return PROBABILITIES.map((probability, p) => {
      const { seconds } = latencyQuantile(result, probability);
      return seconds === null ? null : seconds / truths[c][p] - 1;
    });
  });
}

function quantilesOf(ascending: Float64Array): number[] {
  return PROBABILITIES.map(
    probability => ascending[Math.ceil(probability * ascending.length) - 1],
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
