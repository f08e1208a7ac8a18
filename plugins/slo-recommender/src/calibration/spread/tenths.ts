import { formatRatio } from '../../words';

export interface Tenth {
  id: string;
  /** For example `10 % to 20 %`. */
  name: string;
  /** From 1, the one with the fewest failures. */
  number: number;
  share: number;
}

/** The bars of the histogram with the part of the distribution that each stands for. */
export function tenths(histogram: readonly number[]): Tenth[] {
  return histogram.map((share, index) => {
    const from = formatRatio(index / histogram.length);
    const to = formatRatio((index + 1) / histogram.length);
    return {
      id: String(index),
      number: index + 1,
      name: `${from} to ${to}`,
      share,
    };
  });
}
