import { Flex } from '@backstage/ui';
import type { SloRecommenderApi } from 'backstage-plugin-slo-recommender-common';
import { DanglingReferences, ServiceBoundary } from '../service';
import { SliTabs } from './SliTabs';

const load = (api: SloRecommenderApi, entityRef: string) =>
  api.getRecommendations(entityRef);

/** The SLO tab of an entity: what to promise, how sure, on what evidence. */
export function SloTab() {
  return (
    <Flex direction="column" gap="4">
      <DanglingReferences />
      <ServiceBoundary awaited="the recommendation" load={load}>
        {response => <SliTabs response={response} />}
      </ServiceBoundary>
    </Flex>
  );
}
