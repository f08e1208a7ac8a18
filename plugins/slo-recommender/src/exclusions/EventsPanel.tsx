import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Text,
} from '@backstage/ui';
import type { ServiceEventsResponse } from 'backstage-plugin-slo-recommender-common';
import type { Resource } from '../data';
import { Failure, Panel } from '../pieces';
import { EventList } from './EventList';
import styles from './Exclusions.module.css';
import { TellFromCi } from './TellFromCi';

/** What happened to a service, as CI and people told it, and how CI does. */
export function EventsPanel(props: {
  entityRef: string;
  answer: Resource<ServiceEventsResponse>;
}) {
  const { entityRef, answer } = props;
  const { data, error, reload } = answer;
  return (
    <Panel
      title="Deploys and other events"
      description="A lasting change of the SLI is looked for near them, and named after the one that it follows."
    >
      <div className={styles.stack}>
        {error && (
          <Failure
            title="The events could not be loaded"
            error={error}
            onRetry={reload}
          />
        )}
        {!data && !error && (
          <Text as="p" role="status" className={styles.quiet}>
            Loading the events…
          </Text>
        )}
        {data && data.events.length === 0 && (
          <p className={styles.flat}>
            None is known. Changes are found without them, but not what caused
            them.
          </p>
        )}
        {data && data.events.length > 0 && <EventList events={data.events} />}
        <Accordion defaultExpanded={false}>
          <AccordionTrigger title="Tell of deploys from CI" />
          <AccordionPanel>
            <TellFromCi entityRef={entityRef} />
          </AccordionPanel>
        </Accordion>
      </div>
    </Panel>
  );
}
