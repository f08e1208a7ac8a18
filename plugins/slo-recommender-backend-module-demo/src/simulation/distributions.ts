import type { Random } from './random';

/** Above this mean a normal variable, rounded, is as good as counting one by one. */
const NORMAL_FROM = 30;

/** Standard normal variable, by Box and Muller. */
export function normal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return radius * Math.cos(2 * Math.PI * random());
}

/** Probability that a standard normal variable is below `value`; off by less than 1e-7 (Abramowitz & Stegun 26.2.17). */
export function normalProbability(value: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(value));
  const polynomial =
    t *
    (0.31938153 +
      t *
        (-0.356563782 +
          t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const density = Math.exp((-value * value) / 2) / Math.sqrt(2 * Math.PI);
  const above = density * polynomial;
  return value < 0 ? above : 1 - above;
}

/**
 * Walks up a distribution over 0, 1, 2, … until its cumulative probability passes a uniform number.
 *
 * @param first - probability of 0
 * @param next - probability of k + 1, given k and its probability
 */
function invert(
  random: Random,
  first: number,
  next: (count: number, probability: number) => number,
): number {
  const target = random();
  let count = 0;
  let probability = first;
  let cumulative = first;
  // Rounding can leave the sum a hair below 1: stop where nothing more is added.
  while (cumulative <= target && probability > 1e-18) {
    probability = next(count, probability);
    cumulative += probability;
    count++;
  }
  return count;
}

/** Number of events where `mean` ≥ 0 are expected. */
export function poisson(random: Random, mean: number): number {
  if (mean <= 0) return 0;
  if (mean > NORMAL_FROM) {
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)));
  }
  return invert(
    random,
    Math.exp(-mean),
    (count, probability) => (probability * mean) / (count + 1),
  );
}

/** Number of successes in `trials` of probability `probability` in [0, 1]; an integer in [0, trials]. */
export function binomial(
  random: Random,
  trials: number,
  probability: number,
): number {
  if (trials <= 0 || probability <= 0) return 0;
  if (probability >= 1) return trials;
  if (probability > 0.5) {
    return trials - binomial(random, trials, 1 - probability);
  }
  const mean = trials * probability;
  if (mean > NORMAL_FROM) {
    const deviation = Math.sqrt(mean * (1 - probability));
    const count = Math.round(mean + deviation * normal(random));
    return Math.min(trials, Math.max(0, count));
  }
  const odds = probability / (1 - probability);
  return invert(
    random,
    Math.exp(trials * Math.log1p(-probability)),
    (count, p) => (p * odds * (trials - count)) / (count + 1),
  );
}
