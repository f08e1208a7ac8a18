import { Flex } from '@backstage/ui';
import { RiHourglassLine } from '@remixicon/react';
import type {
  RecommendationsResponse,
  SloRecommenderApi,
} from 'backstage-plugin-slo-recommender-common';
import { StateCard } from '../pieces';
import { type Analysed, DanglingReferences, ServiceBoundary } from '../service';
import { NoRecommendation } from './NoRecommendation';
import { RecommendationView } from './RecommendationView';

const load = (api: SloRecommenderApi, entityRef: string) =>
  api.getRecommendations(entityRef);

function Availability(props: { response: Analysed<RecommendationsResponse> }) {
  const { recommendations, window, asOf } = props.response;
  const recommendation = recommendations.find(
    ({ sliType }) => sliType === 'availability',
  );
  if (!recommendation) {
    return (
      <StateCard
        icon={<RiHourglassLine />}
        title="The latest analysis says nothing about this entity"
      >
        <p>It is part of the next one.</p>
      </StateCard>
    );
  }
  return recommendation.verdict === 'ok' ||
    recommendation.verdict === 'degraded' ? (
    <RecommendationView
      recommendation={recommendation}
      window={window}
      asOf={asOf}
    />
  ) : (
    <NoRecommendation recommendation={recommendation} asOf={asOf} />
  );
}

/** The SLO tab of an entity: what to promise, how sure, on what evidence. */
export function SloTab() {
  return (
    <Flex direction="column" gap="4">
      <DanglingReferences />
      <ServiceBoundary awaited="the recommendation" load={load}>
        {response => <Availability response={response} />}
      </ServiceBoundary>
    </Flex>
  );
}
