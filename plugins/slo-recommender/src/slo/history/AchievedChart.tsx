import type {
  HistoryPoint,
  Recommendation,
} from 'backstage-plugin-slo-recommender-common';
import { Bar, XAxis } from 'recharts';
import { Legend, Plot, ValueAxis } from '../../charts';
import chartStyles from '../../charts/Chart.module.css';
import { formatCompactCount } from '../../words';
import styles from './AchievedChart.module.css';
import { MARGIN, RollingChart, rollingLegend, SYNC_ID } from './RollingChart';
import type { Timeline } from './timeline';

const BAR = 'var(--chart-guide)';

/** Requests of each day, below the rolling window and in step with it. */
function RequestsChart(props: { history: HistoryPoint[] }) {
  return (
    <Plot
      height={88}
      legend={[{ name: 'requests of the day', color: BAR, shape: 'bar' }]}
      data={props.history}
      // room for the lower half of the 0
      margin={{ ...MARGIN, bottom: 8 }}
      syncId={SYNC_ID}
      grid="none"
    >
      <XAxis dataKey="day" scale="band" hide />
      <ValueAxis tickCount={3} tickFormatter={formatCompactCount} />
      <Bar
        dataKey="requests"
        fill={BAR}
        fillOpacity={0.7}
        isAnimationActive={false}
      />
    </Plot>
  );
}

/** The rolling window, and below it the requests of each day. */
export default function AchievedChart(props: {
  recommendation: Recommendation;
  timeline: Timeline;
  /** The objective window in words. */
  span: string;
}) {
  const { recommendation, timeline, span } = props;
  return (
    <div className={`${chartStyles.chart} ${styles.stack}`}>
      <div>
        <Legend entries={rollingLegend(recommendation, timeline)} />
        <RollingChart
          recommendation={recommendation}
          timeline={timeline}
          span={span}
        />
      </div>
      <RequestsChart history={recommendation.history} />
    </div>
  );
}
