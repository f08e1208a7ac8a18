import type { DependenciesQuery } from 'backstage-plugin-slo-recommender-common';
import { useCallback, useMemo } from 'react';
import { useAddress } from '../data';
import type { Selection } from '../graph';

/** Most services that are asked for; farther ones are counted. */
const MOST_NODES = 2_000;
/** Calls within which `all` looks: as far as the backend goes. */
const ALL_DEPTHS = 100;

export const directions = ['both', 'downstream', 'upstream'] as const;
export type Direction = (typeof directions)[number];

export const depths = ['1', '2', '3', '4', '5', 'all'] as const;
export type Depth = (typeof depths)[number];

export const claimFilters = ['any', 'declared', 'observed', 'both'] as const;
export type ClaimFilter = (typeof claimFilters)[number];

export const views = ['graph', 'table'] as const;
export type View = (typeof views)[number];

/** What the Dependencies tab shows: kept in the address, so that a link shows the same. */
export interface DependencyQuery {
  direction: Direction;
  depth: Depth;
  claim: ClaimFilter;
  includeStale: boolean;
  /** Absent where the width of the page decides. */
  view: View | undefined;
  selection: Selection | null;
}

const NAMES = [
  'direction',
  'depth',
  'claim',
  'includeStale',
  'view',
  'node',
  'edge',
];

/** What shows every call that is known. */
export const EVERYTHING = {
  direction: 'both',
  depth: 'all',
  claim: 'any',
  includeStale: true,
} as const satisfies Partial<DependencyQuery>;

export function isEverything(query: DependencyQuery): boolean {
  return (
    query.direction === EVERYTHING.direction &&
    query.depth === EVERYTHING.depth &&
    query.claim === EVERYTHING.claim &&
    query.includeStale === EVERYTHING.includeStale
  );
}

/** Reads the query of the address. What is not understood is left out. */
export function readDependencyQuery(
  parameters: URLSearchParams,
): DependencyQuery {
  const one = <T extends string>(name: string, values: readonly T[]) =>
    values.find(value => value === parameters.get(name));
  const node = parameters.get('node');
  const edge = parameters.get('edge');
  const selectedEdge: Selection | null = edge
    ? { kind: 'edge', id: edge }
    : null;
  return {
    direction: one('direction', directions) ?? 'both',
    depth: one('depth', depths) ?? '2',
    claim: one('claim', claimFilters) ?? 'any',
    includeStale: parameters.get('includeStale') === 'true',
    view: one('view', views),
    selection: node ? { kind: 'node', id: node } : selectedEdge,
  };
}

/** The same as parameters of the REST API. */
export function toDependenciesQuery(
  query: DependencyQuery,
): Partial<DependenciesQuery> {
  const { direction, depth, includeStale } = query;
  return {
    direction,
    depth: depth === 'all' ? ALL_DEPTHS : Number(depth),
    includeStale,
    limit: MOST_NODES,
  };
}

export function useDependencyQuery() {
  const [parameters, write] = useAddress();
  const query = useMemo(() => readDependencyQuery(parameters), [parameters]);

  const change = useCallback(
    (changes: Partial<Omit<DependencyQuery, 'selection'>>) => {
      const { includeStale, ...rest } = changes;
      write({
        ...rest,
        ...(includeStale === undefined
          ? {}
          : { includeStale: includeStale ? 'true' : undefined }),
      });
    },
    [write],
  );
  const select = useCallback(
    (selection: Selection | null) =>
      write(
        {
          node: selection?.kind === 'node' ? selection.id : undefined,
          edge: selection?.kind === 'edge' ? selection.id : undefined,
        },
        // going through services is not going through views
        { replace: true },
      ),
    [write],
  );
  const reset = useCallback(
    () => write(Object.fromEntries(NAMES.map(name => [name, undefined]))),
    [write],
  );
  return {
    query,
    /** True where the address says nothing of its own. */
    isDefault: !NAMES.some(name => parameters.has(name)),
    change,
    select,
    reset,
  };
}
