import { Badge } from '@backstage/ui';
import { Children, type ReactElement, type ReactNode } from 'react';
import styles from './Fact.module.css';

export type Tone = 'neutral' | 'positive' | 'warning' | 'negative' | 'info';

/** A short fact in a pill. The tone repeats what icon and words already say. */
export function Fact(props: {
  tone?: Tone;
  icon?: ReactElement;
  children: ReactNode;
}) {
  return (
    <Badge
      size="small"
      icon={props.icon}
      className={`${styles.fact} ${styles[props.tone ?? 'neutral']}`}
    >
      {props.children}
    </Badge>
  );
}

/** Facts beside each other, as a list. */
export function FactList(props: { label: string; children: ReactNode }) {
  return (
    <ul className={styles.list} aria-label={props.label}>
      {Children.toArray(props.children).map((fact, index) => (
        <li key={index} className={styles.item}>
          {fact}
        </li>
      ))}
    </ul>
  );
}
