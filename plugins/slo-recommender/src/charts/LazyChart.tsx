import { Skeleton, Text } from '@backstage/ui';
import { type ReactNode, Suspense } from 'react';
import quietStyles from '../ui/quiet.module.css';

/** Holds the place of a chart while the code that draws it is fetched. */
export function LazyChart(props: { height: number; children: ReactNode }) {
  return (
    <Suspense
      fallback={
        <div aria-busy="true">
          <Text variant="body-small" className={quietStyles.quiet}>
            Drawing the chart…
          </Text>
          <Skeleton width="100%" height={props.height} />
        </div>
      }
    >
      {props.children}
    </Suspense>
  );
}
