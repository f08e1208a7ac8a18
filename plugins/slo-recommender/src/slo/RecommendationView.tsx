import { Alert } from '@backstage/ui';
import type {
  HistoryPoint,
  Recommendation,
} from 'backstage-plugin-slo-recommender-common';
import { lazy, useState } from 'react';
import { LazyChart } from '../charts/LazyChart';
import { Lead, Panel } from '../pieces';
import { formatAdjoiningWindow, formatWindow } from '../words';
import { DataQualityList } from './DataQualityList';
import { EvidenceFacts } from './EvidenceFacts';
import { Findings } from './Findings';
import { PromiseSentence } from './PromiseSentence';
import styles from './RecommendationView.module.css';
import { describeRung, initialRung } from './rung';
import { RungPanel } from './RungPanel';
import { TierCards } from './TierCards';

const AttainmentCurve = lazy(() => import('./AttainmentCurve'));
const AchievedChart = lazy(() => import('./AchievedChart'));

function achievedWords(history: HistoryPoint[]): string {
  const meaning =
    'Share of requests that did not fail by the service’s fault, each day for the window that ends with it (UTC)';
  return history[0]?.rollingRatio === null
    ? `${meaning}. It begins when a whole window is known.`
    : meaning;
}

/** A recommendation whose verdict allows numbers. */
export function RecommendationView(props: {
  recommendation: Recommendation;
  window: string;
  asOf: string;
}) {
  const { recommendation, window, asOf } = props;
  const { curve, tiers, promised, history, achieved } = recommendation;
  const [picked, setPicked] = useState<number | null>(null);
  const selected = Math.min(
    picked ?? initialRung(recommendation),
    curve.length - 1,
  );
  const span = formatWindow(window);
  return (
    <>
      {recommendation.verdict === 'degraded' && (
        <Alert
          status="warning"
          icon
          title="The data behind these numbers has flaws"
          description={recommendation.reasons
            .map(reason => reason.message)
            .join(' ')}
        />
      )}
      <Lead
        sentence={
          <PromiseSentence recommendation={recommendation} window={window} />
        }
      >
        <EvidenceFacts quality={recommendation.dataQuality} asOf={asOf} />
      </Lead>
      <TierCards tiers={tiers} curve={curve} window={window} />
      {curve.length > 0 && (
        <div className={styles.beside}>
          <Panel
            title="Probability of keeping each objective"
            description={`Over the next ${formatAdjoiningWindow(window)}. Pick any objective by pointer or with the arrow keys; hollow points rest on too few requests.`}
          >
            <LazyChart height={300}>
              <AttainmentCurve
                recommendation={recommendation}
                selected={selected}
                onSelect={setPicked}
              />
            </LazyChart>
          </Panel>
          <RungPanel
            rung={describeRung(curve[selected], recommendation, window)}
            achieved={achieved}
            window={window}
          />
        </div>
      )}
      <div className={styles.beside}>
        <Panel
          title={`Achieved over rolling ${span}`}
          description={achievedWords(history)}
        >
          {history.some(point => point.rollingRatio !== null) ? (
            <LazyChart height={330}>
              <AchievedChart
                history={history}
                promised={promised?.objective ?? null}
                recommended={tiers.balanced?.objective ?? null}
                span={span}
              />
            </LazyChart>
          ) : (
            <p className={styles.empty}>
              No whole window of {span} is known yet.
            </p>
          )}
        </Panel>
        <Panel title="Data quality" description="What the numbers rest on">
          <DataQualityList recommendation={recommendation} window={window} />
        </Panel>
      </div>
      {recommendation.dataQuality.findings.length > 0 && (
        <Panel
          title="Found in the telemetry"
          description="What makes the counts wrong or incomplete, and how to mend it"
        >
          <Findings findings={recommendation.dataQuality.findings} />
        </Panel>
      )}
    </>
  );
}
