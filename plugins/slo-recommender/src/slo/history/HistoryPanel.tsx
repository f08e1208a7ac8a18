import type { Recommendation } from 'backstage-plugin-slo-recommender-common';
import { lazy } from 'react';
import { LazyChart } from '../../charts/LazyChart';
import { Failure, Panel } from '../../pieces';
import { formatWindow, goodWords } from '../../words';
import { ExclusionWords } from './ExclusionWords';
import styles from './HistoryWords.module.css';
import { RegimeWords } from './RegimeWords';
import { useHappenings } from './useHappenings';

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
  window: string;
}) {
  const { recommendation, window } = props;
  const { history, regime, exclusions } = recommendation;
  const { happenings, error, reload } = useHappenings();
  const span = formatWindow(window);
  return (
    <Panel
      title={`Achieved over rolling ${span}`}
      description={description(recommendation)}
    >
      {error && (
        <Failure
          title="Deploys and hours left out could not be loaded"
          error={error}
          onRetry={reload}
        />
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
