import type { Place } from './types';

type ArrowKey = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

const ways: Record<ArrowKey, Place> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

export const isArrowKey = (key: string): key is ArrowKey => key in ways;

/** What lies aside counts more than what lies ahead, so that an arrow keeps to its row or column. */
const ASIDE_WEIGHT = 2;

/** The node that an arrow key leads to: the nearest that lies that way; undefined at the edge. */
export function nextInDirection(
  from: string,
  key: ArrowKey,
  places: ReadonlyMap<string, Place>,
): string | undefined {
  const start = places.get(from);
  if (!start) return undefined;
  const way = ways[key];
  let nearest: string | undefined;
  let least = Infinity;
  for (const [id, place] of places) {
    const ahead = (place.x - start.x) * way.x + (place.y - start.y) * way.y;
    const aside = Math.abs(
      (place.x - start.x) * way.y + (place.y - start.y) * way.x,
    );
    const distance = ahead + aside * ASIDE_WEIGHT;
    if (ahead > 1 && aside <= ahead * 4 && distance < least) {
      least = distance;
      nearest = id;
    }
  }
  return nearest;
}
