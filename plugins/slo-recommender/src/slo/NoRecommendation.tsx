import { RiCloseCircleLine, RiHourglassLine } from '@remixicon/react';
import type { Recommendation } from 'backstage-plugin-slo-recommender-common';
import { StateCard } from '../pieces';
import { badName, formatKnownWindow } from '../words';
import { FrontierPanel, LatencyFacts } from './latency';
import styles from './layout.module.css';
import { EvidenceFacts } from './lead';
import { hasNoTelemetry, NoTelemetry } from './NoTelemetry';
import { Findings } from './quality';
import { Explanation } from './why';

/** A history that cannot carry a number: what is missing or wrong, in the words of the analysis. */
export function NoRecommendation(props: {
  recommendation: Recommendation;
  window: string;
  asOf: string;
  analysisId: string | null;
}) {
  const { recommendation, window, asOf, analysisId } = props;
  const { dataQuality, latency, verdict } = recommendation;
  const invalid = verdict === 'invalid';
  const explanation = (
    <Explanation recommendation={recommendation} analysisId={analysisId} />
  );
  if (hasNoTelemetry(recommendation)) {
    return (
      <>
        <NoTelemetry recommendation={recommendation} asOf={asOf} />
        {explanation}
      </>
    );
  }
  return (
    <>
      <StateCard
        icon={invalid ? <RiCloseCircleLine /> : <RiHourglassLine />}
        title={
          invalid
            ? 'The SLI itself is wrong: nothing is recommended'
            : 'Not enough data to recommend an objective yet'
        }
      >
        {recommendation.reasons.map(reason => (
          <p key={reason.code}>{reason.message}</p>
        ))}
        <EvidenceFacts quality={dataQuality} asOf={asOf} />
        {dataQuality.failureDefinition && (
          <p>
            What counts as {badName(recommendation.sliType)}:{' '}
            {dataQuality.failureDefinition}
          </p>
        )}
        <Findings findings={dataQuality.findings} />
      </StateCard>
      {latency && !invalid && (
        <div className={styles.beside}>
          <FrontierPanel
            profile={latency}
            promised={recommendation.promised}
            span={formatKnownWindow(window, dataQuality.historyDays)}
          />
          <LatencyFacts profile={latency} />
        </div>
      )}
      {explanation}
    </>
  );
}
