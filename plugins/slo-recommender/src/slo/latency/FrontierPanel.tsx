import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import { RiLineChartLine, RiTable2 } from '@remixicon/react';
import type {
  LatencyProfile,
  Recommendation,
} from 'backstage-plugin-slo-recommender-common';
import { lazy, useMemo, useState } from 'react';
import { LazyChart } from '../../charts/LazyChart';
import { Panel } from '../../pieces';
import { FrontierTable } from './FrontierTable';
import { latencyAxis } from './latencyAxis';
import styles from './latency.module.css';

const FrontierFigure = lazy(() => import('./FrontierFigure'));

const views = ['chart', 'table'] as const;
type View = (typeof views)[number];

/** Every threshold that can be measured with what can be promised for it, as a chart and as a table. */
export function FrontierPanel(props: {
  profile: LatencyProfile;
  promised: Recommendation['promised'];
  /** The last window as far as it is known, in words. */
  span: string;
}) {
  const { profile, promised, span } = props;
  const [view, setView] = useState<View>('chart');
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
            <ToggleButtonGroup
              aria-label="View"
              selectionMode="single"
              disallowEmptySelection
              selectedKeys={[view]}
              onSelectionChange={keys => {
                const picked = views.find(one => keys.has(one));
                if (picked) setView(picked);
              }}
            >
              <ToggleButton
                id="chart"
                size="small"
                iconStart={<RiLineChartLine />}
              >
                Chart
              </ToggleButton>
              <ToggleButton id="table" size="small" iconStart={<RiTable2 />}>
                Table
              </ToggleButton>
            </ToggleButtonGroup>
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
