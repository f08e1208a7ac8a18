/** Draws a double in (0, 1), never 0 or 1. */
export type Random = () => number;

/** Seed of every prediction unless another is given. Any constant does; it is never derived from a name. */
export const DEFAULT_SEED = 20_170_922;

/**
 * Small fast counting generator `sfc32` of Chris Doty-Humphrey (PractRand, public domain): 128 bits of state, passes
 * PractRand and BigCrush. The first 12 values are thrown away, as its author does, to mix the seed in.
 *
 * @param seed - any number; its lower 32 bits count.
 */
export function createRandom(seed: number): Random {
  // Kept in a typed array: V8 would box the 32-bit integers of a closure, and draws would take five times as long.
  const state = Int32Array.of(0, seed, 0, 1);
  const next = () => {
    const a = state[0];
    const b = state[1];
    const c = state[2];
    const counter = state[3];
    const result = (a + b + counter) | 0;
    state[0] = b ^ (b >>> 9);
    state[1] = c + (c << 3);
    state[2] = ((c << 21) | (c >>> 11)) + result;
    state[3] = counter + 1;
    return (result >>> 0) / 2 ** 32 + 2 ** -33;
  };
  for (let i = 0; i < 12; i++) {
    next();
  }
  return next;
}
