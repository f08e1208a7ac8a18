import { parseEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import {
  catalogApiRef,
  humanizeEntityRef,
} from '@backstage/plugin-catalog-react';
import { verdictSchema } from 'backstage-plugin-slo-recommender-common';
import { useResource } from '../data';
import { FilterSelect, TextFilter } from '../ui';
import { capitalised, verdictWords } from '../words';
import styles from './FleetFilters.module.css';
import { criticalities, type FleetFilter } from './useFleetQuery';

interface Owner {
  value: string;
  label: string;
}

/** Narrows the fleet. */
export function FleetFilters(props: {
  filter: FleetFilter;
  owners: Owner[];
  onChange: (changes: Partial<FleetFilter>) => void;
}) {
  const { filter, owners, onChange } = props;
  const known = owners.some(({ value }) => value === filter.owner);
  const ownerOptions =
    filter.owner && !known
      ? [...owners, { value: filter.owner, label: filter.owner }]
      : owners;

  return (
    <div className={styles.filters} role="search" aria-label="Filter services">
      <TextFilter
        label="Service"
        placeholder="Name of a service"
        className={styles.text}
        value={filter.text ?? ''}
        onChange={text => onChange({ text: text || undefined })}
      />
      <FilterSelect
        className={styles.select}
        label="Recommendation"
        all="All recommendations"
        options={verdictSchema.options.map(verdict => ({
          value: verdict,
          label: capitalised(verdictWords[verdict]),
        }))}
        value={filter.verdict}
        onChange={verdict => onChange({ verdict })}
      />
      <FilterSelect
        className={styles.select}
        label="Owner"
        all="All owners"
        options={ownerOptions}
        value={filter.owner}
        onChange={owner => onChange({ owner })}
      />
      <FilterSelect
        className={styles.select}
        label="Criticality"
        all="All criticalities"
        options={criticalities.map(name => ({
          value: name,
          label: capitalised(name),
        }))}
        value={filter.criticality}
        onChange={criticality => onChange({ criticality })}
      />
    </div>
  );
}

const OWNED_BY = 'relations.ownedBy';

/** Owners of whatever can be a service, by name. Empty where the catalog does not say. */
export function useOwners(): Owner[] {
  const catalog = useApi(catalogApiRef);
  const { data } = useResource('owners', () =>
    catalog.getEntityFacets({
      facets: [OWNED_BY],
      filter: { kind: ['component', 'resource', 'api'] },
    }),
  );
  return (data?.facets[OWNED_BY] ?? [])
    .map(({ value }) => ({
      value,
      label: humanizeEntityRef(parseEntityRef(value), { defaultKind: 'group' }),
    }))
    .sort((a, b) => a.label.localeCompare(b.label));
}
