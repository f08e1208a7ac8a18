import { RiCloseCircleLine, RiHourglassLine } from '@remixicon/react';
import type { Recommendation } from 'backstage-plugin-slo-recommender-common';
import { StateCard } from '../pieces';
import { EvidenceFacts } from './EvidenceFacts';
import { Findings } from './Findings';

/** A history that cannot carry a number: what is missing or wrong, in the words of the analysis. */
export function NoRecommendation(props: {
  recommendation: Recommendation;
  asOf: string;
}) {
  const { recommendation, asOf } = props;
  const { dataQuality } = recommendation;
  const invalid = recommendation.verdict === 'invalid';
  return (
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
        <p>What counts as failed: {dataQuality.failureDefinition}</p>
      )}
      <Findings findings={dataQuality.findings} />
    </StateCard>
  );
}
