import { Card, CardBody, Text } from '@backstage/ui';
import type { ReactElement, ReactNode } from 'react';
import styles from './StateCard.module.css';

/** A page without numbers: why there are none, and what to do next. */
export function StateCard(props: {
  icon: ReactElement;
  title: string;
  children: ReactNode;
}) {
  return (
    <Card>
      <CardBody>
        <div className={styles.state}>
          <span className={styles.icon} aria-hidden="true">
            {props.icon}
          </span>
          <div className={styles.content}>
            <Text as="h2" variant="title-x-small" className={styles.title}>
              {props.title}
            </Text>
            {props.children}
          </div>
        </div>
      </CardBody>
    </Card>
  );
}
