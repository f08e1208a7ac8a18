import { Select } from '@backstage/ui';
import styles from './FleetFilters.module.css';
import { criticalities, type FleetFilter } from './useFleetQuery';
import { verdictWords } from '../words';
import { TextFilter } from '../pieces';
import { verdictSchema } from 'backstage-plugin-slo-recommender-common';

const ANY = 'any';

const capitalised = (words: string) =>
  `${words[0].toLocaleUpperCase('en-GB')}${words.slice(1)}`;

export interface OwnerOption {
  entityRef: string;
  title: string;
}

function FilterSelect(props: {
  label: string;
  all: string;
  options: { value: string; label: string }[];
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  const { label, all, options, value, onChange } = props;
  return (
    <Select
      label={label}
      size="small"
      className={styles.select}
      options={[{ value: ANY, label: all }, ...options]}
      value={value ?? ANY}
      onChange={key =>
        onChange(key === ANY || key === null ? undefined : String(key))
      }
    />
  );
}

/** Narrows the fleet. */
export function FleetFilters(props: {
  filter: FleetFilter;
  owners: OwnerOption[];
  onChange: (changes: Partial<FleetFilter>) => void;
}) {
  const { filter, owners, onChange } = props;
  const known = owners.some(owner => owner.entityRef === filter.owner);
  const ownerOptions =
    filter.owner && !known
      ? [...owners, { entityRef: filter.owner, title: filter.owner }]
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
        label="Recommendation"
        all="All recommendations"
        options={verdictSchema.options.map(verdict => ({
          value: verdict,
          label: capitalised(verdictWords[verdict]),
        }))}
        value={filter.verdict}
        onChange={value =>
          onChange({ verdict: verdictSchema.safeParse(value).data })
        }
      />
      <FilterSelect
        label="Owner"
        all="All owners"
        options={ownerOptions.map(owner => ({
          value: owner.entityRef,
          label: owner.title,
        }))}
        value={filter.owner}
        onChange={owner => onChange({ owner })}
      />
      <FilterSelect
        label="Criticality"
        all="All criticalities"
        options={criticalities.map(name => ({
          value: name,
          label: capitalised(name),
        }))}
        value={filter.criticality}
        onChange={value =>
          onChange({ criticality: criticalities.find(name => name === value) })
        }
      />
    </div>
  );
}
