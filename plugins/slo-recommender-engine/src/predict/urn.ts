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

/** Draws as they are used: which of so many blocks each window is made of, and where one is worse than all. */
export interface Picks {
  /** Row by row, one row per window: indices in [0, blocks). */
  blocks: Uint16Array;
  /** Places in `blocks` where the block is worse than all seen, in order, and how many times worse than the worst. */
  recordPlaces: Int32Array;
  recordFactors: Float64Array;
  /** One element per window: Exp(1). */
  rarities: Float64Array;
  /** e^rarity − 1 of each: the good requests seen, as a multiple of the window's, above which none fails unseen. */
  unseenBelow: Float64Array;
}

/** Picks kept: histories of one fleet differ in age and origin by whole days. Each takes some ten kilobytes. */
const KEPT = 512;

const kept = new Map<string, Picks>();

/**
 * Draws windows from so many blocks, keeping the answers asked for last: services of one fleet are looked back on over
 * the same time, and drawing takes several times as long as adding up.
 */
export function pickBlocks(options: DrawOptions & { blocks: number }): Picks {
  const { windows, blocksPerWindow, blocksSeen, seed, blocks } = options;
  const key = `${windows} ${blocksPerWindow} ${blocksSeen} ${seed} ${blocks}`;
  const picks = kept.get(key) ?? toPicks(drawWindows(options), blocks);
  kept.delete(key);
  kept.set(key, picks);
  if (kept.size > KEPT) {
    for (const oldest of kept.keys()) {
      kept.delete(oldest);
      break;
    }
  }
  return picks;
}

function toPicks(draws: Draws, blockCount: number): Picks {
  const { places, recordFactors: factors, rarities } = draws;
  const blocks = new Uint16Array(places.length);
  let records = 0;
  for (let place = 0; place < places.length; place++) {
    blocks[place] = Math.floor(places[place] * blockCount);
    if (factors[place] > 0) records++;
  }
  const recordPlaces = new Int32Array(records);
  const recordFactors = new Float64Array(records);
  for (let place = 0, record = 0; record < records; place++) {
    if (factors[place] > 0) {
      recordPlaces[record] = place;
      recordFactors[record++] = factors[place];
    }
  }
  const unseenBelow = new Float64Array(rarities.length);
  for (let window = 0; window < rarities.length; window++) {
    unseenBelow[window] = Math.expm1(rarities[window]);
  }
  return { blocks, recordPlaces, recordFactors, rarities, unseenBelow };
}
