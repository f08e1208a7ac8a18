import {
  createRandom,
  DAY_MS,
  historyAsOf,
  type Random,
  type SliHistory,
} from 'backstage-plugin-slo-recommender-engine';
import {
  binomial,
  exponential,
  logNormal,
  logUniform,
  normal,
  poisson,
  uniform,
} from '../accuracy/fleet/variates';

/** What happens to the failure ratio: `season` is a step on top of a weekly rhythm. */
export type Kind =
  'step' | 'ramp' | 'season' | 'unchanged' | 'unchanged with season';

export const CHANGED: readonly Kind[] = ['step', 'ramp', 'season'];
export const UNCHANGED: readonly Kind[] = [
  'unchanged',
  'unchanged with season',
];

/** A service of 90 days. */
export interface SimulatedHistory {
  history: SliHistory;
  /** Undefined where nothing changed. */
  change?: SimulatedChange;
}

/** The change of a failure ratio. Days are counted from the start of the history. */
export interface SimulatedChange {
  /** First day of a step, middle of a ramp. */
  day: number;
  /** Days that it takes; 0 for a step. */
  length: number;
  /** Logarithm of the factor between the failure ratios after and before. */
  height: number;
}

export interface SimulationOptions {
  /** Factors between the failure ratios before and after, either way; default 3 to 10. */
  factors?: { from: number; to: number };
  /** Whether sigma is the spread of the noise itself, the default, or of what is new in it each day, which is harder. */
  sigmaOf?: 'noise' | 'innovation';
}

export const DAYS = 90;
/** Monday, 6 January 2025. */
export const START_MS = Date.UTC(2025, 0, 6);
/** A change leaves this many days on either side. */
const MARGIN = 14;
export const USUAL_FACTORS = { from: 3, to: 10 };
const RAMP_DAYS = { from: 4, to: 14 };

/**
 * A service of the fleet model: requests from 5 thousand to 50 million a day with quiet weekends, a failure ratio around
 * 1 in 2,500 with autocorrelated lognormal noise, incidents of a day to three, now and then a day without telemetry.
 */
export function simulateHistory(
  kind: Kind,
  seed: number,
  options: SimulationOptions = {},
): SimulatedHistory {
  const { factors = USUAL_FACTORS, sigmaOf = 'noise' } = options;
  const random = createRandom(seed);
  const daily = logUniform(random, 5e3, 5e7);
  const base = logNormal(random, Math.log(4e-4), 1.2);
  const noise = drawNoise(sigmaOf, random);
  const incidents = drawIncidents(random);
  const change = drawChange(kind, factors, random);
  const weekendHeight = drawSeason(kind, random);
  const unknownShare = random() < 0.3 ? 0.05 : 0;

  const total = new Float64Array(DAYS * 24).fill(NaN);
  const bad = new Float64Array(DAYS * 24).fill(NaN);
  for (let day = 0; day < DAYS; day++) {
    const weekend = day % 7 >= 5;
    const expected = daily * (weekend ? 0.65 : 1) * logNormal(random, 0, 0.1);
    const requests = poisson(random, expected);
    const height =
      noise[day] +
      (change ? changeOn(day, change) : 0) +
      (weekend ? weekendHeight : 0);
    const ratio = base * Math.exp(height) + incidents[day];
    const failures = binomial(random, requests, Math.min(1, ratio));
    if (random() < unknownShare) continue;
    total.fill(requests / 24, day * 24, day * 24 + 24);
    bad.fill(failures / 24, day * 24, day * 24 + 24);
  }
  const series = { startMs: START_MS, total, bad };
  return { history: historyAsOf(series, START_MS + DAYS * DAY_MS), change };
}

/** First-order autoregressive noise, stationary from the first day on. */
function drawNoise(
  sigmaOf: 'noise' | 'innovation',
  random: Random,
): Float64Array {
  const sigma = uniform(random, 0.2, 0.9);
  const phi = uniform(random, 0, 0.8);
  const spread = sigmaOf === 'noise' ? sigma : sigma / Math.sqrt(1 - phi * phi);
  const noise = new Float64Array(DAYS);
  noise[0] = spread * normal(random);
  for (let day = 1; day < DAYS; day++) {
    noise[day] =
      phi * noise[day - 1] + spread * Math.sqrt(1 - phi * phi) * normal(random);
  }
  return noise;
}

/** Failure ratio that incidents add to each day: at a rate of the service's own, about one in 45 days. */
function drawIncidents(random: Random): Float64Array {
  const added = new Float64Array(DAYS);
  const between = 45 / exponential(random, 1);
  let day = exponential(random, between);
  while (day < DAYS) {
    const severity = Math.min(1, logNormal(random, Math.log(0.006), 1.3));
    const days = 1 + Math.floor(3 * random() ** 2);
    const first = Math.floor(day);
    for (let i = first; i < Math.min(DAYS, first + days); i++) {
      added[i] = Math.min(1, added[i] + severity);
    }
    day += exponential(random, between);
  }
  return added;
}

function drawChange(
  kind: Kind,
  factors: { from: number; to: number },
  random: Random,
): SimulatedChange | undefined {
  const day = MARGIN + Math.floor((DAYS - 2 * MARGIN + 1) * random());
  const factor = logUniform(random, factors.from, factors.to);
  const height = random() < 0.5 ? Math.log(factor) : -Math.log(factor);
  const days = uniform(random, RAMP_DAYS.from, RAMP_DAYS.to);
  if (!CHANGED.includes(kind)) return undefined;
  return { day, length: kind === 'ramp' ? days : 0, height };
}

/** What a change adds to the logarithm of the failure ratio of a day. */
function changeOn(
  now: number,
  { day, length, height }: SimulatedChange,
): number {
  const share = length > 0 ? (now - day) / length + 0.5 : Number(now >= day);
  return height * Math.min(1, Math.max(0, share));
}

/** What weekends add to the logarithm of the failure ratio: up to three times more or fewer. */
function drawSeason(kind: Kind, random: Random): number {
  const height = uniform(random, -Math.log(3), Math.log(3));
  return kind === 'season' || kind === 'unchanged with season' ? height : 0;
}
