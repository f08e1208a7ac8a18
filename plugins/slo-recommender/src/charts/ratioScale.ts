/**
 * Availability drawn so that nines can be read: the place on the axis is the decades of unavailability, which puts 99 %,
 * 99.9 % and 99.99 % at equal distances.
 */

const RUNGS = [
  0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9995, 0.9998,
  0.9999, 0.99995, 0.99998, 0.99999,
];
/** Where 100 % is drawn: one step above the highest rung, since it has no finite place. */
const PERFECT = 0.999995;
const MAX_TICKS = 6;

/** Place of a ratio in [0, 1] on the axis. */
export function ratioToAxis(ratio: number): number {
  return -Math.log10(1 - Math.min(ratio, PERFECT));
}

/** Ratio written beside a tick. */
export function axisToRatio(position: number): number {
  return position >= ratioToAxis(PERFECT) ? 1 : 1 - 10 ** -position;
}

interface RatioAxis {
  /** Ends of the axis as places. */
  domain: [number, number];
  /** Ratios to write beside it, all of them rungs or 100 %. */
  ticks: number[];
}

/** An axis just wide enough for some ratios, ending on rungs. */
export function ratioAxis(ratios: number[]): RatioAxis {
  const lowest = Math.min(...ratios, 1);
  const highest = Math.max(...ratios, 0);
  const steps = [...RUNGS, 1];
  const from = steps.findLastIndex(rung => rung <= lowest);
  const to = steps.findIndex(rung => rung >= highest);
  const low = Math.max(0, from === to ? from - 1 : from);
  const high = Math.min(steps.length - 1, from === to ? to + 1 : to);
  const inside = steps.slice(low, high + 1);
  const stride = Math.ceil(inside.length / MAX_TICKS);
  // counted from the top, where the objectives are; the lower end is always named
  const ticks = inside.filter(
    (_, index) => index === 0 || (inside.length - 1 - index) % stride === 0,
  );
  return {
    domain: [ratioToAxis(steps[low]), ratioToAxis(steps[high])],
    ticks,
  };
}
