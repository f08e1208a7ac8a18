const { imul } = Math;

/** Uniform numbers in [0, 1). */
export type Random = () => number;

/** FNV-1a over UTF-16 code units. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value = imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  return value;
}

/** A generator (mulberry32) whose numbers depend on nothing but the key: equal keys give equal sequences. */
export function createRandom(...key: (string | number)[]): Random {
  let state = hash(key.join('|'));
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
