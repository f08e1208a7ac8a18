/** Room that a label takes, and how far right of and below its point it begins, in pixels. */
export const LABEL_WIDTH = 64;
export const LABEL_HEIGHT = 28;
export const LABEL_OFFSET = 6;

/**
 * Those labels that touch neither each other nor an upright line, from the first on. Each begins right of and below its
 * point, where the frontier, which never falls, and what was achieved, which lies above it, cannot be.
 *
 * @param lines - horizontal places of the upright lines
 */
export function apart<T extends { x: number; y: number }>(
  labels: T[],
  lines: number[],
): T[] {
  const placed: T[] = [];
  for (const label of labels) {
    const touchesLine = lines.some(
      line => line > label.x - LABEL_OFFSET && line < label.x + LABEL_WIDTH,
    );
    const touchesLabel = placed.some(
      other =>
        Math.abs(other.x - label.x) < LABEL_WIDTH &&
        Math.abs(other.y - label.y) < LABEL_HEIGHT,
    );
    if (!touchesLine && !touchesLabel) placed.push(label);
  }
  return placed;
}
