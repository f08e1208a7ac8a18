/** For example `90.4 %`. */
export function formatShare(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** Difference of two shares in points, for example `+1.2`. */
export function formatPoints(difference: number): string {
  const points = (100 * difference).toFixed(1);
  return Number(points) >= 0 ? `+${Number(points).toFixed(1)}` : points;
}

/** For example `1.87 ×`; one without end where nothing failed. */
export function formatTimes(ratio: number): string {
  return Number.isFinite(ratio) ? `${ratio.toFixed(2)} ×` : '∞';
}
