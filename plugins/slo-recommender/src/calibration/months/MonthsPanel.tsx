import type { MonthlyPromise } from 'backstage-plugin-slo-recommender-common';
import { lazy } from 'react';
import { LazyChart } from '../../charts/LazyChart';
import { Panel } from '../../pieces';
import tables from '../tables.module.css';
import styles from './MonthsPanel.module.css';
import { MonthsTable } from './MonthsTable';

const MonthsChart = lazy(() => import('./MonthsChart'));

/** What would have been recommended month by month, beside what was achieved. */
export function MonthsPanel(props: { months: MonthlyPromise[] }) {
  const { months } = props;
  return (
    <Panel
      title="Recommended against achieved, by month"
      description="Medians over the replayed windows that ended in the month (UTC), and the share of them that kept what would have been recommended."
    >
      {months.length === 0 ? (
        <p className={tables.nothing}>
          No replayed window has a recommendation yet.
        </p>
      ) : (
        <div className={styles.both}>
          <LazyChart height={280}>
            <MonthsChart months={months} />
          </LazyChart>
          <MonthsTable months={months} />
        </div>
      )}
    </Panel>
  );
}
