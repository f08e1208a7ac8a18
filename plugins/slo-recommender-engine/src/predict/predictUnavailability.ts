import { EngineInputError, HOUR_MS, sumWindow, type SliHistory } from '../sli';
import { blockShape, blocksOf, type Blocks } from './blocks';
import { DEFAULT_SEED } from './random';
import { drawWindowsOnce } from './urn';
import { worstShare } from './worstShare';

/** Windows drawn per prediction. */
export const REPLICATES = 2_000;

/** The blocks that may be drawn: those with half of their hours known or, where there is none, any known hour. */
function drawable({ knownHours }: Blocks, lengthHours: number): Int32Array {
  const indices = Int32Array.from(knownHours.keys());
  const known = indices.filter(i => knownHours[i] >= lengthHours / 2);
  return known.length > 0 ? known : indices.filter(i => knownHours[i] > 0);
}

/**
 * Predictive distribution of the next window's request-weighted unavailability: sorted samples in [0, 1], ascending.
 *
 * Each sample is a window put together of three parts:
 * 1. *What was seen*: blocks of the history, drawn by a Pólya urn. That is the predictive distribution of the Bayesian
 *    bootstrap (Rubin 1981; Lo 1988) over blocks (Künsch 1989): wider than a plain one by as much as the history is short.
 * 2. *Worse than was seen*: one more ball of the urn stands for a block that is worse than all of them. In it a share of
 *    the good requests fails, which exceeds the worst share seen by a Pareto factor.
 * 3. *Failures too rare to have been seen*: after n good requests and a flat prior, the number of new failures in m
 *    requests is geometric, P(N ≥ k) = (m / (n + m))^k: a Poisson count whose rate is Exp(1)/n, which at no failure
 *    seen has the 95 % bound 3/n (the rule of three).
 *
 * What is drawn depends on the shape of the history and the seed, not on the counts (common random numbers). So a
 * failure more makes no sample better, by construction. Windows without any request are left out.
 *
 * @param options.seed - of the generator; same seed, same samples.
 * @param options.replicates - number of windows drawn, default 2,000.
 */
export function predictUnavailability(
  history: SliHistory,
  options: { windowMs: number; seed?: number; replicates?: number },
): Float64Array {
  const { windowMs, seed = DEFAULT_SEED, replicates = REPLICATES } = options;
  if (!(Number.isInteger(replicates) && replicates > 0)) {
    throw new EngineInputError(
      `replicates is ${replicates}; pass a positive whole number, for example ${REPLICATES}`,
    );
  }
  if (history.knownHours === 0) {
    return new Float64Array(0);
  }
  const shape = blockShape(history, windowMs);
  const windowHours = windowMs / HOUR_MS;
  const blocksPerWindow = Math.ceil(windowHours / shape.lengthHours);
  const lastLength = windowHours - (blocksPerWindow - 1) * shape.lengthHours;
  const blocks = blocksOf(history, shape);
  const lastBlocks = blocksOf(history, shape, lastLength);
  const candidates = drawable(blocks, shape.lengthHours);
  const worst = worstShare(blocks);
  const seen = sumWindow(history, history.startMs, history.asOfMs);
  const goodSeen = seen.total - seen.bad;

  const { places, recordFactors, rarities } = drawWindowsOnce({
    windows: replicates,
    blocksPerWindow,
    blocksSeen: (shape.steps * shape.stepHours) / shape.lengthHours,
    seed,
  });
  const samples = new Float64Array(replicates);
  let count = 0;
  for (let window = 0; window < replicates; window++) {
    let requests = 0;
    let failures = 0;
    for (let i = 0; i < blocksPerWindow; i++) {
      const { good, bad } = i === blocksPerWindow - 1 ? lastBlocks : blocks;
      const drawn = window * blocksPerWindow + i;
      const block = candidates[Math.floor(places[drawn] * candidates.length)];
      const newlyBad = good[block] * Math.min(1, recordFactors[drawn] * worst);
      requests += good[block] + bad[block];
      failures += bad[block] + newlyBad;
    }
    if (requests > 0) {
      const unseen = Math.floor(
        rarities[window] / Math.log1p(goodSeen / requests),
      );
      samples[count++] = Math.min(1, (failures + unseen) / requests);
    }
  }
  return samples.subarray(0, count).sort();
}
