import { useCallback, useRef } from 'react';
import { useLocation, useSearchParams } from 'react-router-dom';
import { formatCount, formatQuantity } from '../words';
import type { Resource } from './useResource';

/** Changes parameters of the address: undefined takes one out, others stay. */
export function useAddress() {
  const [parameters, setParameters] = useSearchParams();
  const write = useCallback(
    (
      changes: Record<string, string | undefined>,
      options?: { replace?: boolean; state?: unknown },
    ) =>
      setParameters(before => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          if (value) next.set(name, value);
          else next.delete(name);
        }
        return next;
      }, options),
    [setParameters],
  );
  return [parameters, write] as const;
}

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
  const [parameters, write] = useAddress();
  const location = useLocation();
  const cursor = parameters.get('cursor') || undefined;
  const trail = cursor ? readTrail(location.state) : [];

  /** Another question begins at its first page. */
  const ask = useCallback(
    (changes: Record<string, string | undefined>) =>
      write(
        { ...changes, cursor: undefined },
        { replace: true, state: { trail: [] } },
      ),
    [write],
  );
  const goTo = (to: string | undefined, before: (string | null)[]) =>
    write({ cursor: to }, { state: { trail: before } });

  return {
    parameters,
    cursor,
    /** Pages before this one; undefined where the address was opened in their midst. */
    pagesBefore: trail?.length,
    ask,
    next: (to: string) => goTo(to, [...(trail ?? []), cursor ?? null]),
    /** The page before, or the first one if the way here is not known. */
    previous: () => goTo(trail?.at(-1) ?? undefined, trail?.slice(0, -1) ?? []),
  };
}

/** Entries on one page of a list. */
export const ENTRIES_PER_PAGE = 25;

export interface Page {
  items: unknown[];
  nextCursor: string | null;
  totalItems: number;
}

/** A page of a list that comes in pages, and what the controls below it need. */
export function usePage<T extends Page>(answer: Resource<T>, noun: string) {
  const { cursor, pagesBefore, next, previous } = usePages();
  const { data } = answer;

  // while another page is on its way the one before stays, dimmed
  const shown = useRef(data);
  if (data) shown.current = data;
  const page = data ?? shown.current;

  const offset =
    pagesBefore === undefined ? undefined : pagesBefore * ENTRIES_PER_PAGE;
  const getLabel = () => {
    if (!page) return '';
    const total = formatQuantity(page.totalItems, noun);
    if (offset === undefined || page.items.length === 0) return total;
    return `${formatCount(offset + 1)} – ${formatCount(
      offset + page.items.length,
    )} of ${total}`;
  };
  const pagination = {
    pageSize: ENTRIES_PER_PAGE,
    pageSizeOptions: [ENTRIES_PER_PAGE],
    showPageSizeOptions: false,
    offset,
    totalCount: page?.totalItems,
    hasNextPage: Boolean(data?.nextCursor),
    hasPreviousPage: cursor !== undefined,
    onNextPage: () => {
      if (data?.nextCursor) next(data.nextCursor);
    },
    onPreviousPage: previous,
    getLabel,
  };
  return { page, pagination };
}
