import {
  type ServiceOrderField,
  serviceOrderFields,
  type ServicesQuery,
  type Verdict,
  verdictSchema,
} from 'backstage-plugin-slo-recommender-common';
import { useCallback, useMemo } from 'react';
import { useLocation, useSearchParams } from 'react-router-dom';

export const PAGE_SIZE = 25;

export type Criticality = NonNullable<ServicesQuery['criticality']>[number];
export const criticalities: Criticality[] = [
  'critical',
  'high',
  'medium',
  'low',
];

/** What the fleet page asks for: kept in the address, so that it can be shared and survives a reload. */
export interface FleetQuery {
  text?: string;
  verdict?: Verdict;
  owner?: string;
  criticality?: Criticality;
  orderBy: ServiceOrderField;
  descending: boolean;
  cursor?: string;
}

export type FleetFilter = Pick<
  FleetQuery,
  'text' | 'verdict' | 'owner' | 'criticality'
>;

/** Reads the query of the address. What is not understood is left out. */
export function readFleetQuery(parameters: URLSearchParams): FleetQuery {
  const [field, direction] = (parameters.get('orderBy') ?? '').split(',');
  return {
    text: parameters.get('text') || undefined,
    verdict: verdictSchema.safeParse(parameters.get('verdict')).data,
    owner: parameters.get('owner') || undefined,
    criticality: criticalities.find(
      name => name === parameters.get('criticality'),
    ),
    orderBy: serviceOrderFields.find(name => name === field) ?? 'title',
    descending: direction === 'desc',
    cursor: parameters.get('cursor') || undefined,
  };
}

/** The same as parameters of the REST API. */
export function toServicesQuery(query: FleetQuery): Partial<ServicesQuery> {
  const { text, verdict, owner, criticality, cursor } = query;
  return {
    limit: PAGE_SIZE,
    cursor,
    orderBy: `${query.orderBy},${query.descending ? 'desc' : 'asc'}`,
    text,
    verdict: verdict && [verdict],
    owner: owner === undefined ? undefined : [owner],
    criticality: criticality && [criticality],
  };
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

export function useFleetQuery() {
  const [parameters, setParameters] = useSearchParams();
  const location = useLocation();
  const query = useMemo(() => readFleetQuery(parameters), [parameters]);
  const trail = query.cursor ? readTrail(location.state) : [];

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

  const filter = useCallback(
    (changes: Partial<FleetFilter>) =>
      change({ ...changes, cursor: undefined }, { replace: true }),
    [change],
  );
  const sort = useCallback(
    (field: ServiceOrderField, descending: boolean) =>
      change(
        {
          orderBy: `${field},${descending ? 'desc' : 'asc'}`,
          cursor: undefined,
        },
        { replace: true },
      ),
    [change],
  );

  return {
    query,
    /** Pages before this one; undefined where the address was opened in their midst. */
    pagesBefore: trail?.length,
    filter,
    sort,
    next: (cursor: string) =>
      change({ cursor }, { trail: [...(trail ?? []), query.cursor ?? null] }),
    /** The page before, or the first one where the way here is not known. */
    previous: () =>
      change(
        { cursor: trail?.at(-1) ?? undefined },
        { trail: trail?.slice(0, -1) },
      ),
  };
}
