import { Children, isValidElement, type ReactNode } from 'react';
import styles from './Definitions.module.css';

/** What something is called, and what it is. Nothing, where there is nothing to say. */
export function Definition(props: { term: string; children: ReactNode }) {
  return (
    <div className={styles.pair}>
      <dt className={styles.term}>{props.term}</dt>
      <dd className={styles.value}>{props.children}</dd>
    </div>
  );
}

/** Facts by name. */
export function Definitions(props: { children: ReactNode }) {
  return (
    <dl className={styles.list}>
      {Children.toArray(props.children).filter(isValidElement)}
    </dl>
  );
}
