import type {
  LatencyProfile,
  Recommendation,
} from 'backstage-plugin-slo-recommender-common';
import { AXIS_WIDTH, Legend, MarkedPlot, type PlotMark } from '../../charts';
import chartStyles from '../../charts/Chart.module.css';
import {
  formatProbabilityInWords,
  formatRatio,
  formatSeconds,
} from '../../words';
import styles from './latency.module.css';
import { FrontierChart, frontierLegend } from './FrontierChart';
import { HistogramChart, MARGIN, TICKS_HEIGHT } from './HistogramChart';
import type { LatencyAxis } from './latencyAxis';

function recommendedMark(
  { frontier }: LatencyProfile,
  axis: LatencyAxis,
): PlotMark[] {
  return frontier
    .filter(point => point.recommended)
    .map(({ thresholdSeconds, objective, attainment }) => ({
      key: String(thresholdSeconds),
      share: axis.shareOf(thresholdSeconds),
      look: 'recommended',
      label:
        objective === null || attainment === null ? (
          `faster than ${formatSeconds(thresholdSeconds)}`
        ) : (
          <>
            recommended: {formatRatio(objective)}{' '}
            <span className={styles.wide}>faster than </span>
            <span className={styles.threshold}>
              {formatSeconds(thresholdSeconds)}
            </span>
            <span className={styles.wide}>
              , kept with {formatProbabilityInWords(attainment)}
            </span>
          </>
        ),
    }));
}

function promisedMark(
  promised: Recommendation['promised'],
  axis: LatencyAxis,
): PlotMark[] {
  if (promised?.thresholdSeconds === undefined) return [];
  const share = axis.shareOf(promised.thresholdSeconds);
  if (share < 0 || share > 1) return [];
  return [
    {
      key: 'promised',
      share,
      look: 'promised',
      label: (
        <>
          promised<span className={styles.wide}> today</span>:{' '}
          {formatRatio(promised.objective)}{' '}
          <span className={styles.wide}>faster than </span>
          <span className={styles.threshold}>
            {formatSeconds(promised.thresholdSeconds)}
          </span>
        </>
      ),
    },
  ];
}

/** The frontier of thresholds and objectives, above the histogram of latencies that it comes from. */
export default function FrontierFigure(props: {
  profile: LatencyProfile;
  promised: Recommendation['promised'];
  axis: LatencyAxis;
}) {
  const { profile, promised, axis } = props;
  return (
    <div className={chartStyles.chart}>
      <Legend
        entries={[
          ...frontierLegend(profile.frontier),
          {
            name: 'share of requests in each bucket',
            color: 'var(--chart-guide)',
            shape: 'bar',
          },
        ]}
      />
      <MarkedPlot
        label="Marked thresholds"
        insets={{ ...MARGIN, left: AXIS_WIDTH, bottom: TICKS_HEIGHT }}
        marks={[
          ...recommendedMark(profile, axis),
          ...promisedMark(promised, axis),
        ]}
      >
        {profile.frontier.length > 0 && (
          <FrontierChart
            frontier={profile.frontier}
            axis={axis}
            lines={[
              ...profile.frontier
                .filter(point => point.recommended)
                .map(point => point.thresholdSeconds),
              ...(promised?.thresholdSeconds === undefined
                ? []
                : [promised.thresholdSeconds]),
            ]}
          />
        )}
        {axis.buckets.length > 0 && <HistogramChart axis={axis} />}
      </MarkedPlot>
    </div>
  );
}
