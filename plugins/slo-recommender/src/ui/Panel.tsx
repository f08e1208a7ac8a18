import { Card, CardBody, CardHeader, Text } from '@backstage/ui';
import type { ReactNode } from 'react';
import styles from './Panel.module.css';

/** A card with a heading and, below it, what the content is about. */
export function Panel(props: {
  title: ReactNode;
  description?: ReactNode;
  className?: string;
  /** What is said in place of the content if there is none. */
  nothing?: string | false;
  children: ReactNode;
}) {
  const { title, description, className, nothing, children } = props;
  return (
    <Card className={`${styles.panel} ${className ?? ''}`}>
      <CardHeader>
        <Text
          as="h2"
          variant="body-large"
          weight="bold"
          className={styles.flat}
        >
          {title}
        </Text>
        {description && (
          <Text as="p" variant="body-small" className={styles.description}>
            {description}
          </Text>
        )}
      </CardHeader>
      <CardBody>
        {nothing ? <p className={styles.description}>{nothing}</p> : children}
      </CardBody>
    </Card>
  );
}
