import type { Random } from 'backstage-plugin-slo-recommender-engine';

/** Mean below which counts are drawn exactly; above, the normal law with its skewness put right is as good. */
const FEW = 30;

/** Standard normal (Box and Muller 1958). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
}

/** Student's t with 4 degrees of freedom, divided by its standard deviation √2: mean 0, variance 1, heavy tails. */
export function heavyNormal(random: Random): number {
  const chiSquared = -2 * (Math.log(random()) + Math.log(random()));
  return normal(random) / Math.sqrt(chiSquared / 2);
}

/** e to a normal of the mean and standard deviation given. */
export function logNormal(random: Random, mean: number, deviation: number) {
  return Math.exp(mean + deviation * normal(random));
}

export function uniform(random: Random, low: number, high: number): number {
  return low + (high - low) * random();
}

/** Uniform on the logarithmic scale. */
export function logUniform(random: Random, low: number, high: number): number {
  return Math.exp(uniform(random, Math.log(low), Math.log(high)));
}

/** Gamma of shape 1. */
export function exponential(random: Random, mean: number): number {
  return -mean * Math.log(random());
}

/** At least `least`; twice as much is half as likely (index 1, so that the mean is infinite). */
export function pareto(random: Random, least: number): number {
  return least / random();
}

/** Number of events of a Poisson process. */
export function poisson(random: Random, mean: number): number {
  if (mean >= FEW) {
    const deviation = Math.sqrt(mean);
    return manyOf(random, mean, deviation, 1 / deviation);
  }
  let left = random();
  let probability = Math.exp(-mean);
  let count = 0;
  while (left > probability && probability > 0) {
    left -= probability;
    count++;
    probability *= mean / count;
  }
  return count;
}

/** Number of successes in `trials` at the probability given. */
export function binomial(
  random: Random,
  trials: number,
  probability: number,
): number {
  if (probability > 0.5) {
    return trials - binomial(random, trials, 1 - probability);
  }
  const mean = trials * probability;
  if (mean >= FEW) {
    const deviation = Math.sqrt(mean * (1 - probability));
    const skewness = (1 - 2 * probability) / deviation;
    return Math.min(trials, manyOf(random, mean, deviation, skewness));
  }
  const odds = probability / (1 - probability);
  let left = random();
  let share = Math.exp(trials * Math.log1p(-probability));
  let count = 0;
  while (left > share && count < trials) {
    left -= share;
    count++;
    share *= (odds * (trials - count + 1)) / count;
  }
  return count;
}

/** A count by its first three moments (Cornish and Fisher 1938). */
function manyOf(
  random: Random,
  mean: number,
  deviation: number,
  skewness: number,
): number {
  const z = normal(random);
  const skewed = z + (skewness * (z * z - 1)) / 6;
  return Math.max(0, Math.round(mean + deviation * skewed));
}
