import { Alert } from '@backstage/ui';
import type { Recommendation } from 'backstage-plugin-slo-recommender-common';
import { ExclusionsPanel, type HappeningsAnswer } from '../exclusions';
import { Lead, Panel } from '../pieces';
import { formatKnownWindow } from '../words';
import { BacktestPanel } from './backtest';
import { CurveSection } from './curve';
import { HistoryPanel } from './history';
import { FrontierPanel, LatencyFacts } from './latency';
import styles from './layout.module.css';
import { EvidenceFacts, PromiseSentence, testedFacts } from './lead';
import { DataQualityList, Findings } from './quality';
import { PresentCards, TierCards } from './tiers';
import { Explanation } from './why';

/** Says first where the data behind the numbers are flawed, or too few to stand alone; nothing where they are fine. */
function DataCaveat(props: {
  recommendation: Pick<Recommendation, 'verdict' | 'reasons'>;
}) {
  const { verdict, reasons } = props.recommendation;
  if (verdict === 'ok') return null;
  return (
    <Alert
      status="warning"
      icon
      title={
        verdict === 'insufficient'
          ? 'Its own data do not suffice yet'
          : 'The data behind these numbers has flaws'
      }
      description={reasons.map(reason => reason.message).join(' ')}
    />
  );
}

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
  const { latency, dataQuality } = recommendation;
  return (
    <>
      <DataCaveat recommendation={recommendation} />
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
      {latency && (
        <div className={styles.beside}>
          <FrontierPanel
            profile={latency}
            promised={recommendation.promised}
            span={formatKnownWindow(window, dataQuality.historyDays)}
          />
          <LatencyFacts profile={latency} />
        </div>
      )}
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
