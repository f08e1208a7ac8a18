import { discoveryApiRef, useApi } from '@backstage/core-plugin-api';
import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Text,
} from '@backstage/ui';
import {
  type ServiceEventsResponse,
  eventCreatePermission,
} from 'backstage-plugin-slo-recommender-common';
import { type Resource, useResource } from '../data';
import { Failure, Panel, Snippet } from '../pieces';
import { eventCommand } from './eventCommand';
import { EventList } from './EventList';
import styles from './Exclusions.module.css';

/** The command with which CI tells of a deploy. */
function TellFromCi(props: { entityRef: string }) {
  const { entityRef } = props;
  const discovery = useApi(discoveryApiRef);
  const { data, error, reload } = useResource('address of the backend', () =>
    discovery.getBaseUrl('slo-recommender'),
  );
  return (
    <div className={styles.stack}>
      <p className={styles.flat}>
        After each deploy, with a token of Backstage’s{' '}
        <code>backend.auth.externalAccess</code> in{' '}
        <code>SLO_RECOMMENDER_TOKEN</code>. Whom it stands for needs the
        permission <code>{eventCreatePermission.name}</code>. Telling the same{' '}
        <code>id</code> again replaces it, so retries are harmless.
      </p>
      <p className={styles.flat}>
        It runs as it stands in GitHub Actions, GitLab CI and Jenkins, in a
        clone of the repository. Elsewhere set <code>VERSION</code> to what was
        deployed, <code>RUN_ID</code> to what names the run and, where it has a
        page, <code>RUN_URL</code> to that.
      </p>
      {error && (
        <Failure
          title="The address of the backend is not known"
          error={error}
          onRetry={reload}
        />
      )}
      {data && <Snippet label="command" code={eventCommand(data, entityRef)} />}
    </div>
  );
}

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
