import { DAY_MS, type SliHistory } from '../sli';
import { dailyLevels } from './dailyLevels';
import { hintsOf, nearestEvent, type EventMarker } from './eventMarkers';
import { findShift } from './findShift';
import { medianOf } from './median';
import { steadyLevels, type SteadyLevels } from './steadyLevels';

/** A day from which on requests failed lastingly more, or less, than before. */
export interface ChangePoint {
  /** Start of the day in UTC; of a change that took several days, of one in their middle. */
  atMs: number;
  direction: 'better' | 'worse';
  /**
   * Good share of the requests from the change before this one to it, and from it to the next. Days of incidents are
   * left out, for they say nothing of what is usual.
   */
  before: number;
  after: number;
  /** Title of the marker nearest to that day, at most a day away; null where there is none. */
  event: string | null;
}

/** Fewest known days that a level lasts: what is over sooner is an incident. */
const LEAST_DAYS = 7;

/**
 * Log-likelihood that a step must add to noise alone. With it about one in twenty simulated services that never
 * change has a false alarm in 90 days; the benchmark "changes" has the figures.
 */
const LEAST_EVIDENCE = 6;

/** Least factor between the failure ratios before and after. */
const LEAST_FACTOR = 1.5;

/** Least share of the days, incidents apart, that lie on their side of the middle between the two levels. */
const DOMINANCE = 0.6;

/**
 * Lasting shifts of the failure ratio, oldest first.
 *
 * The best step in the daily log-odds of failing is searched, then the best in each part (binary segmentation, Scott
 * and Knott 1974), as long as there is enough evidence against mere autocorrelated noise. Incidents, the rhythm of the
 * week, days without telemetry and days with few requests do not count as evidence. A ramp counts as one change.
 *
 * @param options.events - markers lower the evidence needed on their day and the next a little, the less the more
 *   there are; they never make a change of nothing.
 */
export function findChangePoints(
  history: SliHistory,
  options: { events?: readonly EventMarker[] } = {},
): ChangePoint[] {
  const { events = [] } = options;
  const levels = steadyLevels(dailyLevels(history));
  const days = levels.day.length;
  const hints = hintsOf(levels, events);
  const ends = [0, ...shiftsWithin({ levels, hints }, 0, days), days];
  dropWeak(levels, ends);
  return ends.slice(1, -1).map((at, i) => {
    const before = ratioOfDays(levels, ends[i], at);
    const after = ratioOfDays(levels, at, ends[i + 2]);
    const atMs = levels.startMs + levels.day[at] * DAY_MS;
    return {
      atMs,
      direction: after > before ? 'better' : 'worse',
      before,
      after,
      event: nearestEvent(events, atMs)?.title ?? null,
    };
  });
}

function shiftsWithin(
  search: { levels: SteadyLevels; hints: Float64Array },
  from: number,
  to: number,
): number[] {
  const { levels, hints } = search;
  const shift = findShift(levels, { from, to, leastDays: LEAST_DAYS, hints });
  if (!shift || shift.evidence < LEAST_EVIDENCE) {
    return [];
  }
  return [
    ...shiftsWithin(search, from, shift.at),
    shift.at,
    ...shiftsWithin(search, shift.at, to),
  ];
}

/** Takes out of the ends of regimes those between regimes that hardly differ. */
function dropWeak(levels: SteadyLevels, ends: number[]): void {
  const weak = ends.findIndex(
    (at, i) =>
      i > 0 &&
      i < ends.length - 1 &&
      !differ(levels, ends[i - 1], at, ends[i + 1]),
  );
  if (weak >= 0) {
    ends.splice(weak, 1);
    dropWeak(levels, ends);
  }
}

/** Whether days [from, at) and [at, to) have levels of their own, and their sums of requests say the same. */
function differ(
  levels: SteadyLevels,
  from: number,
  at: number,
  to: number,
): boolean {
  const before = medianOf(levels.level, from, at);
  const after = medianOf(levels.level, at, to);
  const middle = (before + after) / 2;
  const sign = Math.sign(after - before);
  return (
    Math.abs(after - before) >= Math.log(LEAST_FACTOR) &&
    shareBeyond(levels, { from, to: at, level: middle, sign: -sign }) >=
      DOMINANCE &&
    shareBeyond(levels, { from: at, to, level: middle, sign }) >= DOMINANCE &&
    Math.sign(ratioOfDays(levels, from, at) - ratioOfDays(levels, at, to)) ===
      sign
  );
}

/** Share of the days [from, to), incidents apart, whose level is above one, or below it where the sign is −1. */
function shareBeyond(
  levels: SteadyLevels,
  side: { from: number; to: number; level: number; sign: number },
): number {
  let days = 0;
  let beyond = 0;
  for (let i = side.from; i < side.to; i++) {
    if (levels.incident[i] === 0) {
      days++;
      if ((levels.level[i] - side.level) * side.sign > 0) beyond++;
    }
  }
  return days > 0 ? beyond / days : 0;
}

/** Good share of the requests of the days [from, to), incidents apart; there is at least one other day. */
function ratioOfDays(levels: SteadyLevels, from: number, to: number): number {
  let total = 0;
  let bad = 0;
  for (let i = from; i < to; i++) {
    if (levels.incident[i] === 0) {
      total += levels.total[i];
      bad += levels.bad[i];
    }
  }
  return (total - bad) / total;
}
