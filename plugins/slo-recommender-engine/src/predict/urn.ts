import { createRandom } from './random';

/** What is drawn for a prediction, whatever the counts: row by row, one row per window, one element per block of it. */
export interface Draws {
  /** Where in the list of blocks that may be drawn, as a fraction in (0, 1). */
  places: Float64Array;
  /** How many times worse than the worst block seen; 0 where the block is taken as it was seen. */
  recordFactors: Float64Array;
  /** One element per window: Exp(1), for the failures too rare to have been seen. */
  rarities: Float64Array;
}

/** All that the draws depend on. */
export interface DrawOptions {
  windows: number;
  blocksPerWindow: number;
  /** Number of blocks, end to end, that the history has; need not be whole. */
  blocksSeen: number;
  seed: number;
}

/**
 * Draws windows, each from a Pólya urn, in which every ball drawn is put back with a copy of itself.
 *
 * The urn holds a ball for each block's worth of history, standing for any of the blocks, and one ball for a block
 * worse than all of them: of n + 1 exchangeable blocks the last is the worst with probability 1/(n + 1). How much
 * worse has a Pareto distribution of index 1: twice as bad is half as likely.
 */
export function drawWindows(options: DrawOptions): Draws {
  const { windows, blocksPerWindow, blocksSeen, seed } = options;
  const random = createRandom(seed);
  const places = new Float64Array(windows * blocksPerWindow);
  const recordFactors = new Float64Array(windows * blocksPerWindow);
  const rarities = new Float64Array(windows);
  for (let window = 0; window < windows; window++) {
    const first = window * blocksPerWindow;
    for (let i = 0; i < blocksPerWindow; i++) {
      const ball = random() * (blocksSeen + 1 + i);
      if (ball < blocksSeen + 1) {
        places[first + i] = random();
        recordFactors[first + i] = ball < blocksSeen ? 0 : 1 / random();
      } else {
        const copied = first + Math.floor(ball - blocksSeen - 1);
        places[first + i] = places[copied];
        recordFactors[first + i] = recordFactors[copied];
      }
    }
    rarities[window] = -Math.log(random());
  }
  return { places, recordFactors, rarities };
}

let latest: { options: DrawOptions; draws: Draws } | undefined;

/**
 * As `drawWindows`, keeping the latest answer: services of one fleet are looked back on over the same time, and
 * drawing takes several times as long as adding up.
 */
export function drawWindowsOnce(options: DrawOptions): Draws {
  if (
    latest?.options.windows !== options.windows ||
    latest.options.blocksPerWindow !== options.blocksPerWindow ||
    latest.options.blocksSeen !== options.blocksSeen ||
    latest.options.seed !== options.seed
  ) {
    latest = { options, draws: drawWindows(options) };
  }
  return latest.draws;
}
