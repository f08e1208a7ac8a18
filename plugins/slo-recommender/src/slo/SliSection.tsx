import { RiHourglassLine } from '@remixicon/react';
import type {
  RecommendationsResponse,
  SliType,
} from 'backstage-plugin-slo-recommender-common';
import type { HappeningsAnswer } from '../exclusions';
import { StateCard } from '../pieces';
import type { Analysed } from '../service';
import { hasNumbers } from './hasNumbers';
import { NoLatency } from './latency';
import { NoRecommendation } from './NoRecommendation';
import { RecommendationView } from './RecommendationView';

/** What an analysis says of one SLI, or why it says nothing. */
export function SliSection(props: {
  sliType: SliType;
  response: Analysed<RecommendationsResponse>;
  happenings: HappeningsAnswer;
}) {
  const { sliType, response, happenings } = props;
  const { entityRef, recommendations, window, asOf, analysisId } = response;
  const recommendation = recommendations.find(
    candidate => candidate.sliType === sliType,
  );
  if (!recommendation) {
    return sliType === 'latency' ? (
      <NoLatency
        findings={recommendations.flatMap(
          ({ dataQuality }) => dataQuality.findings,
        )}
      />
    ) : (
      <StateCard
        icon={<RiHourglassLine />}
        title="The latest analysis says nothing about this entity"
      >
        <p>It is part of the next one.</p>
      </StateCard>
    );
  }
  return hasNumbers(recommendation) ? (
    <RecommendationView
      entityRef={entityRef}
      recommendation={recommendation}
      happenings={happenings}
      window={window}
      asOf={asOf}
      analysisId={analysisId}
    />
  ) : (
    <NoRecommendation
      recommendation={recommendation}
      window={window}
      asOf={asOf}
      analysisId={analysisId}
    />
  );
}
