import type { Recommendation } from 'backstage-plugin-slo-recommender-common';
import { lazy, useMemo } from 'react';
import { LazyChart } from '../../charts/LazyChart';
import type { HappeningsAnswer } from '../../exclusions';
import { Panel } from '../../pieces';
import { formatWindow, goodWords, joinWords } from '../../words';
import { ExclusionWords } from './ExclusionWords';
import styles from './HistoryWords.module.css';
import { RegimeWords } from './RegimeWords';
import { happeningsIn } from './timeline';

const AchievedChart = lazy(() => import('./AchievedChart'));

function description(recommendation: Recommendation): string {
  const meaning = `Share of requests that ${goodWords(
    recommendation,
  )}, each day for the window that ends with it (UTC)`;
  return recommendation.history[0]?.rollingRatio === null
    ? `${meaning}. It begins when a whole window is known.`
    : meaning;
}

/** How the SLI went until now, what happened meanwhile, and what that does to the numbers. */
export function HistoryPanel(props: {
  recommendation: Recommendation;
  happenings: HappeningsAnswer;
  window: string;
}) {
  const { recommendation, window } = props;
  const { history, regime, exclusions } = recommendation;
  const { events, exclusions: excluded } = props.happenings;
  // a chart without them is better than none
  const happenings = useMemo(
    () => happeningsIn(events.data, excluded.data),
    [events.data, excluded.data],
  );
  const failed = [
    ...(events.error ? ['deploys and other events'] : []),
    ...(excluded.error ? ['hours left out'] : []),
  ];
  const span = formatWindow(window);
  return (
    <Panel
      title={`Achieved over rolling ${span}`}
      description={description(recommendation)}
    >
      {failed.length > 0 && (
        <p className={styles.empty}>
          Drawn without {joinWords(failed)}, which could not be loaded.
        </p>
      )}
      {history.some(point => point.rollingRatio !== null) ? (
        <LazyChart height={390}>
          <AchievedChart
            recommendation={recommendation}
            happenings={happenings}
            span={span}
          />
        </LazyChart>
      ) : (
        <p className={styles.empty}>No whole window of {span} is known yet.</p>
      )}
      <div className={styles.blocks}>
        {regime && <RegimeWords regime={regime} />}
        {exclusions && <ExclusionWords effect={exclusions} window={window} />}
      </div>
    </Panel>
  );
}
