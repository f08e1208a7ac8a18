import { Tab, TabList, TabPanel, Tabs } from '@backstage/ui';
import {
  type RecommendationsResponse,
  sliTypeSchema,
} from 'backstage-plugin-slo-recommender-common';
import { useHappenings } from '../exclusions';
import type { Analysed } from '../service';
import { hasNumbers } from './hasNumbers';
import styles from './SliTabs.module.css';
import { SliSection } from './SliSection';
import { useSliType } from './useSliType';

const titles = { availability: 'Availability', latency: 'Latency' };

/** Availability and latency, each with a recommendation of its own. */
export function SliTabs(props: {
  response: Analysed<RecommendationsResponse>;
}) {
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
