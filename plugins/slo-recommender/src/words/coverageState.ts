import type { Coverage } from 'backstage-plugin-slo-recommender-common';

type Level = Coverage['levels'][number];

/** Fewer windows, overlapping by three quarters, say nothing for sure; as many as make a fleet calibrated. */
const FEWEST_WINDOWS = 48;

/** How far the observed share may be off before it is marked. */
const TOLERANCE = 0.05;

export type CoverageState = 'within' | 'broken more' | 'kept more' | 'chance';

/** As far as this beyond chance a fleet still counts as calibrated. */
const SLACK = 0.04;

/**
 * Whether promises of a level were kept as often as they should be. `chance`: they were not, but so few windows can
 * say neither.
 */
export function coverageState(
  { nominal, observed, interval }: Level,
  windows: number,
): CoverageState {
  // the nudge keeps 0.9 - 0.85 at five points
  if (Math.abs(observed - nominal) <= TOLERANCE + 1e-9) return 'within';
  if (windows < FEWEST_WINDOWS) return 'chance';
  if (interval.from - SLACK <= nominal && nominal <= interval.to + SLACK) {
    return 'chance';
  }
  return observed < nominal ? 'broken more' : 'kept more';
}
