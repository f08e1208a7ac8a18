/** Values of one bucket above which all are left to the general sort. */
const CROWDED = 64;

/** What is needed besides the values, kept from one call to the next: making it takes longer than sorting. */
interface Room {
  values: Float64Array;
  /** The halves of the bits of `values`. */
  halves: Uint32Array;
  /** Which bucket each value is in. */
  buckets: Uint16Array;
  /** Where the next value of each bucket goes; element 0 is not used. */
  places: Uint16Array;
}

/** As many values fit into it; more are left to the general sort. */
const ROOM = 4_096;

const room = makeRoom();

function makeRoom(): Room {
  const values = new Float64Array(ROOM);
  return {
    values,
    halves: new Uint32Array(values.buffer),
    buckets: new Uint16Array(ROOM),
    places: new Uint16Array(ROOM + 2),
  };
}

/** Where in a double the upper half of its bits is: 1 where the lowest byte is stored first, else 0. */
const UPPER = new Uint32Array(Float64Array.of(1).buffer)[1] === 0 ? 0 : 1;

/**
 * Sorts values in [0, 1] in place, ascending. Several times as fast as the sort of typed arrays, which predictions
 * would spend most of their time in: positive doubles are ordered as their bits are, so that the upper half of them
 * says in which of as many buckets as there are values each one lies.
 */
export function sortShares(shares: Float64Array): Float64Array {
  const count = shares.length;
  const { values, halves, buckets, places } = room;
  if (count > ROOM) {
    return shares.sort();
  }
  values.set(shares);
  let least = 0x7fff_ffff;
  let most = 0;
  for (let i = 0; i < count; i++) {
    const upper = halves[2 * i + UPPER] | 0;
    // 0 is far from all others, and would push them together into few buckets
    if (upper > 0 && upper < least) least = upper;
    if (upper > most) most = upper;
  }
  const scale = (count - 1) / (most - least + 1);
  places.fill(0, 0, count + 2);
  for (let i = 0; i < count; i++) {
    const upper = halves[2 * i + UPPER] | 0;
    const bucket = upper > 0 ? (1 + (upper - least) * scale) | 0 : 0;
    buckets[i] = bucket;
    places[bucket + 1]++;
  }
  let crowd = 0;
  for (let bucket = 1; bucket <= count; bucket++) {
    if (bucket > 1 && places[bucket] > crowd) crowd = places[bucket];
    places[bucket] += places[bucket - 1];
  }
  if (crowd > CROWDED) {
    return shares.sort();
  }
  for (let i = 0; i < count; i++) {
    shares[places[buckets[i]]++] = values[i];
  }
  // values are out of place within their bucket only
  for (let i = 1; i < count; i++) {
    const value = shares[i];
    let place = i;
    while (place > 0 && shares[place - 1] > value) {
      shares[place] = shares[place - 1];
      place--;
    }
    shares[place] = value;
  }
  return shares;
}
