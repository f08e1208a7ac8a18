import type { Place } from './types';

interface CallPath {
  /** SVG path of the line. */
  line: string;
  /** SVG path of the arrow head at the callee. */
  head: string;
  /** Where signs go: near the end at which fewer lines meet. */
  signs: Place;
}

const HEAD_LENGTH = 9;
const LEAST_BEND = 40;
/** How far a line that leads back passes below the lower of its ends. */
const DETOUR = 52;
const TURN = 60;
/** Share of the line after which the signs come, where they go near the callee: clear of the arrow head. */
const NEAR_CALLEE = 0.6;

/** A place on a cubic Bézier curve between two levels, which is level at both ends. */
function along(from: Place, to: Place, bend: number, share: number): Place {
  const rest = 1 - share;
  const [a, b, c, d] = [
    rest ** 3,
    3 * rest ** 2 * share,
    3 * rest * share ** 2,
    share ** 3,
  ];
  return {
    x: a * from.x + b * (from.x + bend) + c * (to.x - bend) + d * to.x,
    y: (a + b) * from.y + (c + d) * to.y,
  };
}

/**
 * A line from the right side of the caller to the left side of the callee, and around below where the callee lies behind.
 *
 * @param signsAt - end near which the signs go
 */
export function callPath(
  from: Place,
  to: Place,
  halfWidth: number,
  signsAt: 'caller' | 'callee',
): CallPath {
  const spread = Math.max(2, halfWidth) + 3.5;
  const end = { x: to.x - HEAD_LENGTH, y: to.y };
  const head = `M${end.x},${to.y - spread}L${to.x},${to.y}L${end.x},${
    to.y + spread
  }z`;
  if (end.x >= from.x) {
    const bend = Math.max((end.x - from.x) / 2, LEAST_BEND);
    return {
      line: `M${from.x},${from.y}C${from.x + bend},${from.y} ${end.x - bend},${
        end.y
      } ${end.x},${end.y}`,
      head,
      signs: along(
        from,
        end,
        bend,
        signsAt === 'callee' ? NEAR_CALLEE : 1 - NEAR_CALLEE,
      ),
    };
  }
  const low = Math.max(from.y, to.y) + DETOUR;
  return {
    line: `M${from.x},${from.y}C${from.x + TURN},${from.y} ${
      from.x + TURN
    },${low} ${from.x},${low}L${end.x},${low}C${end.x - TURN},${low} ${
      end.x - TURN
    },${end.y} ${end.x},${end.y}`,
    head,
    signs: { x: (from.x + end.x) / 2, y: low },
  };
}
