import type { Recommendation } from 'backstage-plugin-slo-recommender-common';
import { Legend } from '../../charts';
import chartStyles from '../../charts/Chart.module.css';
import styles from './AchievedChart.module.css';
import { RequestsChart } from './RequestsChart';
import { RollingChart } from './RollingChart';
import { rollingLegend } from './rollingLegend';
import type { Happenings } from './timeline';

/** The rolling window, and below it the requests of each day. */
export default function AchievedChart(props: {
  recommendation: Recommendation;
  happenings: Happenings;
  /** The objective window in words. */
  span: string;
}) {
  const { recommendation, happenings, span } = props;
  return (
    <div className={`${chartStyles.chart} ${styles.stack}`}>
      <div>
        <Legend entries={rollingLegend(recommendation, happenings)} />
        <RollingChart
          recommendation={recommendation}
          happenings={happenings}
          span={span}
        />
      </div>
      <RequestsChart history={recommendation.history} />
    </div>
  );
}
