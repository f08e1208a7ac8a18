import { RiLineChartLine, RiTable2, RiCheckLine } from '@remixicon/react';
import type {
  LatencyProfile,
  Recommendation,
  FrontierPoint,
} from 'backstage-plugin-slo-recommender-common';
import { lazy, useMemo, useState } from 'react';
import { LazyChart } from '../../charts/LazyChart';
import { Choice, Panel } from '../../ui';
import { formatProbability, formatRatio, formatSeconds } from '../../words';
import styles from './latency.module.css';
import { latencyAxis } from './latencyAxis';

/** The frontier in rows, fastest threshold first. */
function FrontierTable(props: { frontier: FrontierPoint[] }) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">Faster than</th>
          <th scope="col">Achieved</th>
          <th scope="col">Objective</th>
          <th scope="col">Kept with</th>
        </tr>
      </thead>
      <tbody>
        {props.frontier.map(point => {
          const { thresholdSeconds, achieved, recommended } = point;
          return (
            <tr
              key={thresholdSeconds}
              className={recommended ? styles.recommended : undefined}
            >
              <th scope="row">
                {formatSeconds(thresholdSeconds)}
                {recommended && (
                  <span className={styles.sign}>
                    <RiCheckLine aria-hidden="true" /> recommended
                  </span>
                )}
              </th>
              <td>{achieved === null ? '–' : formatRatio(achieved)}</td>
              <td>
                {point.objective === null
                  ? 'none'
                  : formatRatio(point.objective)}
              </td>
              <td>
                {point.attainment === null
                  ? '–'
                  : formatProbability(point.attainment)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const FrontierFigure = lazy(() => import('./FrontierFigure'));

const views = [
  { id: 'chart', words: 'Chart', icon: <RiLineChartLine /> },
  { id: 'table', words: 'Table', icon: <RiTable2 /> },
] as const;

/** Every threshold that can be measured with what can be promised for it, as a chart and as a table. */
export function FrontierPanel(props: {
  profile: LatencyProfile;
  promised: Recommendation['promised'];
  /** The last window as far as it is known, in words. */
  span: string;
}) {
  const { profile, promised, span } = props;
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const axis = useMemo(() => latencyAxis(profile), [profile]);
  return (
    <Panel
      title="What can be promised at each threshold"
      description={`Thresholds are boundaries of the histogram, since only these can be measured; requests of the last ${span}`}
    >
      <div className={styles.content}>
        {profile.reason && <p className={styles.text}>{profile.reason}</p>}
        {axis ? (
          <>
            <Choice
              label="View"
              size="small"
              options={views}
              value={view}
              onChange={setView}
            />
            {view === 'chart' ? (
              <LazyChart height={436}>
                <FrontierFigure
                  profile={profile}
                  promised={promised}
                  axis={axis}
                />
              </LazyChart>
            ) : (
              <FrontierTable frontier={profile.frontier} />
            )}
          </>
        ) : (
          <p className={styles.text}>
            The histogram has no boundary at which a threshold could be
            measured.
          </p>
        )}
      </div>
    </Panel>
  );
}
