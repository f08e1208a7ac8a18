import { Card, CardBody } from '@backstage/ui';
import type { ReactNode } from 'react';
import styles from './Lead.module.css';

/** The first thing on a page: one or two sentences, and the facts they rest on. */
export function Lead(props: { sentence: ReactNode; children?: ReactNode }) {
  return (
    <Card>
      <CardBody>
        <div className={styles.lead}>
          <p className={styles.sentence}>{props.sentence}</p>
          {props.children}
        </div>
      </CardBody>
    </Card>
  );
}

/** A number with its unit or noun in a sentence: bold, and broken over two lines only where the page is narrow. */
export function Figure(props: { children: ReactNode }) {
  return <strong className={styles.figure}>{props.children}</strong>;
}

/** A number in a sentence that is not the main one. */
export function Quantity(props: { children: ReactNode }) {
  return <span className={styles.number}>{props.children}</span>;
}
