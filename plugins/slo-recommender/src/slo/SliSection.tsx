import { RiHourglassLine } from '@remixicon/react';
import type {
  RecommendationsResponse,
  SliType,
} from 'backstage-plugin-slo-recommender-common';
import { StateCard } from '../pieces';
import type { Analysed } from '../service';
import { NoLatency } from './latency';
import { NoRecommendation } from './NoRecommendation';
import { RecommendationView } from './RecommendationView';

/** What an analysis says of one SLI, or why it says nothing. */
export function SliSection(props: {
  sliType: SliType;
  response: Analysed<RecommendationsResponse>;
}) {
  const { sliType, response } = props;
  const { entityRef, recommendations, window, asOf, analysisId } = response;
  const recommendation = recommendations.find(
    candidate => candidate.sliType === sliType,
  );
  if (!recommendation) {
    return sliType === 'latency' ? (
      <NoLatency />
    ) : (
      <StateCard
        icon={<RiHourglassLine />}
        title="The latest analysis says nothing about this entity"
      >
        <p>It is part of the next one.</p>
      </StateCard>
    );
  }
  // what is borrowed has numbers although the own data do not suffice
  return recommendation.predicted !== null &&
    recommendation.verdict !== 'invalid' ? (
    <RecommendationView
      entityRef={entityRef}
      recommendation={recommendation}
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
