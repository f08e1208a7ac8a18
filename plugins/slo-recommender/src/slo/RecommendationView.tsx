import type { Recommendation } from 'backstage-plugin-slo-recommender-common';
import { ExclusionsPanel, type HappeningsAnswer } from '../exclusions';
import { Lead, Panel } from '../ui';
import { DataCaveat } from '../service';
import { BacktestPanel } from './backtest/BacktestPanel';
import { CurveSection } from './curve/CurveSection';
import { HistoryPanel } from './history/HistoryPanel';
import { LatencySection } from './latency/LatencySection';
import styles from './layout.module.css';
import { EvidenceFacts } from './lead/EvidenceFacts';
import { PromiseSentence } from './lead/PromiseSentence';
import { testedFacts } from './lead/testedFacts';
import { DataQualityList } from './quality/DataQualityList';
import { Findings } from './quality/Findings';
import { PresentCards } from './tiers/PresentCards';
import { TierCards } from './tiers/TierCards';
import { Explanation } from './why/Explanation';

/** A recommendation with numbers. */
export function RecommendationView(props: {
  entityRef: string;
  recommendation: Recommendation;
  happenings: HappeningsAnswer;
  window: string;
  asOf: string;
  analysisId: string | null;
}) {
  const { entityRef, recommendation, happenings, window, asOf, analysisId } =
    props;
  const { dataQuality } = recommendation;
  return (
    <>
      <DataCaveat {...recommendation} />
      <Lead
        sentence={
          <PromiseSentence recommendation={recommendation} window={window} />
        }
      >
        <EvidenceFacts quality={dataQuality} asOf={asOf}>
          {testedFacts(recommendation)}
        </EvidenceFacts>
      </Lead>
      <TierCards recommendation={recommendation} window={window} />
      <PresentCards recommendation={recommendation} window={window} />
      <Explanation recommendation={recommendation} analysisId={analysisId} />
      <LatencySection recommendation={recommendation} window={window} />
      <CurveSection recommendation={recommendation} window={window} />
      <div className={styles.beside}>
        <div className={styles.stack}>
          <HistoryPanel
            recommendation={recommendation}
            happenings={happenings}
            window={window}
          />
          <ExclusionsPanel
            entityRef={entityRef}
            happenings={happenings}
            window={window}
          />
        </div>
        <div className={styles.stack}>
          <BacktestPanel
            backtest={recommendation.backtest}
            recommendation={recommendation}
          />
          <Panel title="Data quality" description="What the numbers rest on">
            <DataQualityList recommendation={recommendation} window={window} />
          </Panel>
        </div>
      </div>
      {dataQuality.findings.length > 0 && (
        <Panel
          title="Found in the telemetry"
          description="What makes the counts wrong or incomplete, and how to mend it"
        >
          <Findings findings={dataQuality.findings} />
        </Panel>
      )}
    </>
  );
}
