import { Flex, Tab, TabList, TabPanel, Tabs } from '@backstage/ui';
import { RiHourglassLine } from '@remixicon/react';
import {
  type SloRecommenderApi,
  type RecommendationsResponse,
  sliTypeSchema,
  type SliType,
  type Recommendation,
} from 'backstage-plugin-slo-recommender-common';
import { useHappenings, type HappeningsAnswer } from '../exclusions';
import { StateCard } from '../ui';
import { DanglingReferences, ServiceBoundary, type Analysed } from '../service';
import { NoLatency } from './latency/NoLatency';
import { NoRecommendation } from './NoRecommendation';
import { RecommendationView } from './RecommendationView';
import styles from './SloTab.module.css';
import { useSliType } from './useSliType';

/** Whether there is something to promise: what is borrowed has numbers although the own data do not suffice. */
function hasNumbers({
  predicted,
  verdict,
}: Pick<Recommendation, 'predicted' | 'verdict'>): boolean {
  return predicted !== null && verdict !== 'invalid';
}

/** What an analysis says of one SLI, or why it says nothing. */
function SliSection(props: {
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

const titles = { availability: 'Availability', latency: 'Latency' };

/** Availability and latency, each with a recommendation of its own. */
function SliTabs(props: { response: Analysed<RecommendationsResponse> }) {
  const { response } = props;
  const [sliType, setSliType] = useSliType(response.recommendations);
  const happenings = useHappenings(
    response.entityRef,
    response.recommendations.some(hasNumbers),
  );
  return (
    <Tabs
      selectedKey={sliType}
      onSelectionChange={key => {
        const picked = sliTypeSchema.safeParse(key);
        if (picked.success) setSliType(picked.data);
      }}
    >
      <TabList aria-label="Service level indicators">
        {sliTypeSchema.options.map(option => (
          <Tab key={option} id={option}>
            {titles[option]}
          </Tab>
        ))}
      </TabList>
      {sliTypeSchema.options.map(option => (
        <TabPanel key={option} id={option} className={styles.panel}>
          <SliSection
            sliType={option}
            response={response}
            happenings={happenings}
          />
        </TabPanel>
      ))}
    </Tabs>
  );
}

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
