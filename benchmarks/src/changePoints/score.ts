import type { SimulatedChange } from './simulateHistory';

/** A change counts as found where a day no further from it than this is named. */
export const TOLERANCE = 3;

/** What a method found in histories that each changed once. */
export interface Score {
  /** Changes that were found; of a ramp anywhere in it, and in its middle. */
  hits: number;
  middleHits: number;
  named: number;
  histories: number;
}

export const emptyScore: Score = {
  hits: 0,
  middleHits: 0,
  named: 0,
  histories: 0,
};

/** Adds what was found in one more history. */
export function scored(
  { hits, middleHits, named, histories }: Score,
  found: readonly number[],
  { day, length }: SimulatedChange,
): Score {
  const within = (reach: number) =>
    Number(found.some(at => Math.abs(at - day) <= reach));
  return {
    hits: hits + within(TOLERANCE + length / 2),
    middleHits: middleHits + within(TOLERANCE),
    named: named + found.length,
    histories: histories + 1,
  };
}

export function addScores(a: Score, b: Score): Score {
  return {
    hits: a.hits + b.hits,
    middleHits: a.middleHits + b.middleHits,
    named: a.named + b.named,
    histories: a.histories + b.histories,
  };
}

export function precision({ hits, named }: Score): number {
  return named > 0 ? hits / named : 1;
}

export function recall({ hits, histories }: Score): number {
  return hits / histories;
}

/** Harmonic mean of precision and recall. */
export function f1(score: Score): number {
  return (2 * score.hits) / (score.named + score.histories);
}

/** The same, where a ramp must be found within three days of its middle. */
export function strictF1(score: Score): number {
  return f1({ ...score, hits: score.middleHits });
}
