import type { Identified } from './identity';

/** Instances of both places may serve for so long while a service moves. */
const MOST_HOURS_TOGETHER = 24;

/** Whether something is known of an hour. */
type IsKnown = (hour: number) => boolean;

interface Life {
  name: string;
  firstHour: number;
  lastHour: number;
}

/**
 * Takes names for one service that could stand for several, but followed one another: it moved, for example to another
 * namespace. Names that live at the same time stay ambiguous.
 *
 * @param hoursOf - of which of the hours a name is known; undefined if of none.
 */
export function settleMoves(
  identified: Identified,
  hours: number,
  hoursOf: (name: string) => IsKnown | undefined,
): Identified {
  const moved = new Map<string, string[]>();
  const ambiguous = new Map<string, string[]>();
  for (const [name, candidates] of identified.ambiguous) {
    const lives = candidates
      .flatMap(candidate => lifeOf(candidate, hours, hoursOf(candidate)) ?? [])
      .sort((a, b) => a.firstHour - b.firstHour);
    const follows = lives.every(
      (life, index) => index === 0 || succeeds(life, lives[index - 1]),
    );
    if (lives.length > 0 && follows) {
      moved.set(
        name,
        lives.map(life => life.name),
      );
    } else {
      ambiguous.set(name, candidates);
    }
  }
  return { ...identified, ambiguous, moved };
}

function lifeOf(
  name: string,
  hours: number,
  isKnown: IsKnown | undefined,
): Life | undefined {
  const known = Array.from({ length: isKnown ? hours : 0 }, (_, hour) => hour);
  const firstHour = known.find(hour => isKnown?.(hour));
  const lastHour = known.findLast(hour => isKnown?.(hour));
  return firstHour === undefined || lastHour === undefined
    ? undefined
    : { name, firstHour, lastHour };
}

function succeeds(life: Life, before: Life): boolean {
  const together = before.lastHour - life.firstHour + 1;
  const shorter = Math.min(
    life.lastHour - life.firstHour,
    before.lastHour - before.firstHour,
  );
  return (
    before.lastHour < life.lastHour &&
    together <= MOST_HOURS_TOGETHER &&
    together <= shorter / 2
  );
}
