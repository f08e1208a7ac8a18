import { Select, ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import type { ReactElement } from 'react';

/** One of a few that stand side by side. */
export function Choice<T extends string>(
  props: {
    options: readonly { id: T; words: string; icon?: ReactElement }[];
    value: T;
    onChange: (value: T) => void;
    size?: 'small';
    className?: string;
  } & ({ label: string } | { labelledBy: string }),
) {
  const { options, value, onChange, size, className } = props;
  return (
    <ToggleButtonGroup
      aria-label={'label' in props ? props.label : undefined}
      aria-labelledby={'labelledBy' in props ? props.labelledBy : undefined}
      className={className}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={keys => {
        const picked = options.find(({ id }) => keys.has(id));
        if (picked) onChange(picked.id);
      }}
    >
      {options.map(({ id, words, icon }) => (
        <ToggleButton key={id} id={id} size={size} iconStart={icon}>
          {words}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}

const ANY = 'any';

/** Narrows a list to one of the options, or lifts that. */
export function FilterSelect<T extends string>(props: {
  label: string;
  /** Says that nothing is narrowed. */
  all: string;
  options: { value: T; label: string }[];
  value: T | undefined;
  className?: string;
  onChange: (value: T | undefined) => void;
}) {
  const { label, all, options, value, className, onChange } = props;
  return (
    <Select
      label={label}
      size="small"
      className={className}
      options={[{ value: ANY, label: all }, ...options]}
      value={value ?? ANY}
      onChange={key => onChange(options.find(one => one.value === key)?.value)}
    />
  );
}
