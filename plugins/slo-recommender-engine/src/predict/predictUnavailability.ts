import { EngineInputError, HOUR_MS, type SliHistory } from '../sli';
import {
  blockShape,
  blocksOf,
  sumSteps,
  type Blocks,
  type BlockShape,
  type StepSums,
} from './blocks';
import { distributionOf, type Distribution } from './distribution';
import { DEFAULT_SEED } from './random';
import { sortShares } from './sortShares';
import { pickBlocks } from './urn';
import { worstShare } from './worstShare';

/** Windows drawn per prediction. */
export const REPLICATES = 1_000;

export interface PredictOptions {
  windowMs: number;
  /** Of the generator; same seed, same distribution. Default a constant. */
  seed?: number;
  /** Number of windows drawn, default 1,000. */
  replicates?: number;
}

/** The blocks that may be drawn: those with half of their hours known or, where there is none, any known hour. */
function drawable(blocks: Blocks, lengthHours: number) {
  if (blocks.knownHours.every(hours => hours >= lengthHours / 2)) {
    return blocks;
  }
  const known = pick(blocks, lengthHours / 2);
  return known.good.length > 0 ? known : pick(blocks, 1);
}

function pick({ good, bad, knownHours }: Blocks, fewestHours: number) {
  const picked = {
    good: new Float64Array(good.length),
    bad: new Float64Array(good.length),
  };
  let count = 0;
  for (let i = 0; i < good.length; i++) {
    if (knownHours[i] >= fewestHours) {
      picked.good[count] = good[i];
      picked.bad[count++] = bad[i];
    }
  }
  return {
    good: picked.good.subarray(0, count),
    bad: picked.bad.subarray(0, count),
  };
}

/**
 * Predictive distribution of the next window's request-weighted unavailability, from all that the history knows. Null
 * where it knows no hour, or no request.
 *
 * Each of its samples is a window put together of three parts:
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
 */
export function predictUnavailability(
  history: SliHistory,
  options: PredictOptions,
): Distribution | null {
  if (history.knownHours === 0) {
    return null;
  }
  const hours = history.endKnown - history.firstKnown;
  const shape = blockShape(hours, options.windowMs);
  return predictFromSteps(
    sumSteps(history, shape.stepHours, history.firstKnown, history.endKnown),
    shape,
    options,
  );
}

/** As `predictUnavailability`, of a history that is summed to the steps of the shape already. */
export function predictFromSteps(
  steps: StepSums,
  shape: BlockShape,
  options: PredictOptions,
): Distribution | null {
  const { windowMs, seed = DEFAULT_SEED, replicates = REPLICATES } = options;
  if (!(Number.isInteger(replicates) && replicates > 0)) {
    throw new EngineInputError(
      `replicates is ${replicates}; pass a positive whole number, for example ${REPLICATES}`,
    );
  }
  const blocksPerWindow = windowMs / HOUR_MS / shape.lengthHours;
  const blocks = blocksOf(steps, shape.lengthHours / shape.stepHours);
  const { good, bad } = drawable(blocks, shape.lengthHours);
  if (good.length === 0) {
    return null;
  }
  const worst = worstShare(blocks);
  let goodSeen = 0;
  for (let step = 0; step < steps.good.length; step++) {
    goodSeen += steps.good[step];
  }

  const picks = pickBlocks({
    windows: replicates,
    blocksPerWindow,
    blocksSeen: (shape.steps * shape.stepHours) / shape.lengthHours,
    seed,
    blocks: good.length,
  });
  const { blocks: picked, recordPlaces, recordFactors } = picks;
  const samples = new Float64Array(replicates);
  let count = 0;
  let place = 0;
  let record = 0;
  for (let window = 0; window < replicates; window++) {
    let succeeded = 0;
    let failed = 0;
    const end = place + blocksPerWindow;
    for (; place < end; place++) {
      const block = picked[place];
      succeeded += good[block];
      failed += bad[block];
    }
    const requests = succeeded + failed;
    for (
      ;
      record < recordPlaces.length && recordPlaces[record] < end;
      record++
    ) {
      const factor = Math.min(1, recordFactors[record] * worst);
      failed += good[picked[recordPlaces[record]]] * factor;
    }
    if (requests > 0) {
      const ratio = goodSeen / requests;
      const unseen =
        ratio > picks.unseenBelow[window]
          ? 0
          : Math.floor(picks.rarities[window] / Math.log1p(ratio));
      samples[count++] = Math.min(1, (failed + unseen) / requests);
    }
  }
  return count > 0
    ? distributionOf(sortShares(samples.subarray(0, count)))
    : null;
}
