import {
  type ServiceOrderField,
  serviceOrderFields,
  type ServicesQuery,
  type Verdict,
  verdictSchema,
} from 'backstage-plugin-slo-recommender-common';
import { useCallback, useMemo } from 'react';
import { ENTRIES_PER_PAGE, usePages } from '../data';

type Criticality = NonNullable<ServicesQuery['criticality']>[number];
export const criticalities: Criticality[] = [
  'critical',
  'high',
  'medium',
  'low',
];

/** What the fleet page asks for: kept in the address, so that it can be shared and survives a reload. */
interface FleetQuery {
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
function readFleetQuery(parameters: URLSearchParams): FleetQuery {
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
    limit: ENTRIES_PER_PAGE,
    cursor,
    orderBy: `${query.orderBy},${query.descending ? 'desc' : 'asc'}`,
    text,
    verdict: verdict && [verdict],
    owner: owner === undefined ? undefined : [owner],
    criticality: criticality && [criticality],
  };
}

export function useFleetQuery() {
  const { parameters, ask } = usePages();
  const query = useMemo(() => readFleetQuery(parameters), [parameters]);

  const filter = useCallback(
    (changes: Partial<FleetFilter>) => ask(changes),
    [ask],
  );
  const sort = useCallback(
    (field: ServiceOrderField, descending: boolean) =>
      ask({ orderBy: `${field},${descending ? 'desc' : 'asc'}` }),
    [ask],
  );

  return { query, filter, sort };
}
