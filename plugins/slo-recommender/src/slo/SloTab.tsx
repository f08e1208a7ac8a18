import { Flex, Tab, TabList, TabPanel, Tabs } from '@backstage/ui';
import { RiHourglassLine } from '@remixicon/react';
import {
  type SloRecommenderApi,
  type RecommendationsResponse,
  sliTypeSchema,
  type SliType,
  type Recommendation,
} from 'backstage-plugin-slo-recommender-common';
import {
  ExclusionsPanel,
  useTimeline,
  type TimelineAnswer,
} from '../exclusions';
import { Lead, Panel, StateCard } from '../ui';
import {
  DanglingReferences,
  DataCaveat,
  ServiceBoundary,
  type Analysed,
} from '../service';
import { BacktestPanel } from './backtest/BacktestPanel';
import { CurveSection } from './curve/CurveSection';
import { HistoryPanel } from './history/HistoryPanel';
import { LatencySection } from './latency/LatencySection';
import { NoLatency } from './latency/NoLatency';
import layout from './layout.module.css';
import { EvidenceFacts } from './lead/EvidenceFacts';
import { PromiseSentence } from './lead/PromiseSentence';
import { testedFacts } from './lead/testedFacts';
import { NoRecommendation } from './NoRecommendation';
import { DataQualityList } from './quality/DataQualityList';
import { Findings } from './quality/Findings';
import { PresentCards } from './tiers/PresentCards';
import { TierCards } from './tiers/TierCards';
import { Explanation } from './why/Explanation';
import styles from './SloTab.module.css';
import { useSliType } from './useSliType';

/** Whether there is something to promise: a borrowed prediction has numbers despite too little data. */
function hasNumbers({
  predicted,
  verdict,
}: Pick<Recommendation, 'predicted' | 'verdict'>): boolean {
  return predicted !== null && verdict !== 'invalid';
}

/** A recommendation with numbers. */
function RecommendationView(props: {
  entityRef: string;
  recommendation: Recommendation;
  timeline: TimelineAnswer;
  window: string;
  asOf: string;
  analysisId: string | null;
}) {
  const { entityRef, recommendation, timeline, window, asOf, analysisId } =
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
      <div className={layout.beside}>
        <div className={layout.stack}>
          <HistoryPanel
            recommendation={recommendation}
            timeline={timeline}
            window={window}
          />
          <ExclusionsPanel
            entityRef={entityRef}
            timeline={timeline}
            window={window}
          />
        </div>
        <div className={layout.stack}>
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
          description="What makes the counts wrong or incomplete, and how to fix it"
        >
          <Findings findings={dataQuality.findings} />
        </Panel>
      )}
    </>
  );
}

/** What an analysis says of one SLI, or why it says nothing. */
function SliSection(props: {
  sliType: SliType;
  response: Analysed<RecommendationsResponse>;
  timeline: TimelineAnswer;
}) {
  const { sliType, response, timeline } = props;
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
      timeline={timeline}
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
  const timeline = useTimeline(
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
            timeline={timeline}
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
