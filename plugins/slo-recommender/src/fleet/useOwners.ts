import { useApi } from '@backstage/core-plugin-api';
import {
  catalogApiRef,
  humanizeEntityRef,
} from '@backstage/plugin-catalog-react';
import { parseEntityRef } from '@backstage/catalog-model';
import { useResource } from '../data';
import type { OwnerOption } from './FleetFilters';

const OWNED_BY = 'relations.ownedBy';

/** Owners of whatever can be a service, by name. Empty where the catalog does not say. */
export function useOwners(): OwnerOption[] {
  const catalog = useApi(catalogApiRef);
  const { data } = useResource('owners', () =>
    catalog.getEntityFacets({
      facets: [OWNED_BY],
      filter: { kind: ['component', 'resource', 'api'] },
    }),
  );
  return (data?.facets[OWNED_BY] ?? [])
    .map(({ value }) => ({
      entityRef: value,
      title: humanizeEntityRef(parseEntityRef(value), { defaultKind: 'group' }),
    }))
    .sort((a, b) => a.title.localeCompare(b.title));
}
