import { useCallback } from 'react';
import { useLocation, useSearchParams } from 'react-router-dom';

/** Cursors of the pages gone through before this one; the history entry keeps them, the address does not. */
function readTrail(state: unknown): (string | null)[] | undefined {
  if (typeof state !== 'object' || state === null || !('trail' in state)) {
    return undefined;
  }
  const { trail } = state;
  return Array.isArray(trail) &&
    trail.every(cursor => cursor === null || typeof cursor === 'string')
    ? trail
    : undefined;
}

/** The query of a list that comes in pages, in the address, so that it can be shared and survives a reload. */
export function usePages() {
  const [parameters, setParameters] = useSearchParams();
  const location = useLocation();
  const cursor = parameters.get('cursor') || undefined;
  const trail = cursor ? readTrail(location.state) : [];

  const change = useCallback(
    (
      changes: Record<string, string | undefined>,
      options?: { trail?: (string | null)[]; replace?: boolean },
    ) =>
      setParameters(
        before => {
          const next = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changes)) {
            if (value) next.set(name, value);
            else next.delete(name);
          }
          return next;
        },
        { replace: options?.replace, state: { trail: options?.trail ?? [] } },
      ),
    [setParameters],
  );

  /** Another question begins at its first page. */
  const ask = useCallback(
    (changes: Record<string, string | undefined>) =>
      change({ ...changes, cursor: undefined }, { replace: true }),
    [change],
  );

  return {
    parameters,
    cursor,
    /** Pages before this one; undefined where the address was opened in their midst. */
    pagesBefore: trail?.length,
    ask,
    next: (nextCursor: string) =>
      change(
        { cursor: nextCursor },
        { trail: [...(trail ?? []), cursor ?? null] },
      ),
    /** The page before, or the first one where the way here is not known. */
    previous: () =>
      change(
        { cursor: trail?.at(-1) ?? undefined },
        { trail: trail?.slice(0, -1) },
      ),
  };
}
