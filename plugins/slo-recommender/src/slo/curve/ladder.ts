import type { CurvePoint } from 'backstage-plugin-slo-recommender-common';
import { ratioToAxis } from '../../charts/ratioScale';

/** Share of the axis left free at each end, so that the handle stays inside. */
const ROOM = 0.04;

/** The horizontal axis of the curve: places are decades of unavailability, shares are of the plot's width. */
export interface LadderAxis {
  domain: [number, number];
  shareOf(objective: number): number;
  placeAt(share: number): number;
}

/** @param curve - at least one point, lowest objective first */
export function ladderAxis(curve: CurvePoint[]): LadderAxis {
  const first = ratioToAxis(curve[0].objective);
  const last = ratioToAxis(curve[curve.length - 1].objective);
  const room = (last - first) * ROOM || 1;
  const [low, high] = [first - room, last + room];
  return {
    domain: [low, high],
    shareOf: objective =>
      Math.min(1, Math.max(0, (ratioToAxis(objective) - low) / (high - low))),
    placeAt: share => low + share * (high - low),
  };
}

/**
 * Index of the point of the curve nearest to a place on its axis. Rungs attract: one within `reach` of the place goes
 * before a nearer point between rungs.
 */
export function nearestPoint(
  curve: CurvePoint[],
  place: number,
  reach: number,
): number {
  const distance = (index: number) => {
    const gap = Math.abs(ratioToAxis(curve[index].objective) - place);
    return curve[index].rung && gap <= reach ? gap - reach : gap;
  };
  return curve.reduce(
    (best, _, index) => (distance(index) < distance(best) ? index : best),
    0,
  );
}

/** Index of the next rung above or below a point, or the point itself where there is none. */
export function nextRung(
  curve: CurvePoint[],
  index: number,
  direction: 1 | -1,
): number {
  for (let at = index + direction; at in curve; at += direction) {
    if (curve[at].rung) return at;
  }
  return index;
}
