import { discoveryApiRef, useApi } from '@backstage/core-plugin-api';
import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Link,
} from '@backstage/ui';
import {
  RiAlarmWarningLine,
  RiExternalLinkLine,
  RiRocketLine,
  RiSettings3Line,
} from '@remixicon/react';
import {
  type ServiceEventsResponse,
  eventCreatePermission,
  type ServiceEvent,
  type ServiceEventType,
} from 'backstage-plugin-slo-recommender-common';
import type { ReactElement } from 'react';
import { type Resource, useResource } from '../data';
import {
  Awaited,
  Failure,
  Panel,
  Snippet,
  EntityName,
  Fact,
  type Tone,
} from '../ui';
import { formatAge, formatInstant } from '../words';
import { eventCommand } from './eventCommand';
import styles from './Exclusions.module.css';
import { MoreButton, useFirstFew } from './useFirstFew';
import { webAddress } from './webAddress';

const types: Record<
  ServiceEventType,
  { tone: Tone; icon: ReactElement; words: string }
> = {
  deploy: { tone: 'info', icon: <RiRocketLine />, words: 'deploy' },
  'config-change': {
    tone: 'neutral',
    icon: <RiSettings3Line />,
    words: 'configuration',
  },
  incident: {
    tone: 'warning',
    icon: <RiAlarmWarningLine />,
    words: 'incident',
  },
};

/** A version or a kind stands beside the title only where that does not say it. */
const says = ({ title }: ServiceEvent, words: string) =>
  title.toLocaleLowerCase('en-GB').includes(words.toLocaleLowerCase('en-GB'));

function EventTitle(props: { event: ServiceEvent }) {
  const { title, url } = props.event;
  const address = webAddress(url);
  if (!address) return <strong>{title}</strong>;
  return (
    <Link
      href={address}
      weight="bold"
      target="_blank"
      rel="noopener noreferrer"
    >
      {title} <RiExternalLinkLine size={14} aria-label="opens in a new tab" />
    </Link>
  );
}

/** What happened, newest first. */
function EventList(props: { events: ServiceEvent[] }) {
  const { shown, ...more } = useFirstFew(props.events);
  return (
    <>
      <ul className={styles.list} aria-label="Events">
        {shown.map(event => {
          const { tone, icon, words } = types[event.type];
          return (
            <li key={event.id} className={styles.item}>
              <div className={styles.head}>
                <EventTitle event={event} />
                {event.version !== null && !says(event, event.version) && (
                  <span>{event.version}</span>
                )}
                {!says(event, words) && (
                  <Fact tone={tone} icon={icon}>
                    {words}
                  </Fact>
                )}
              </div>
              <p className={styles.detail}>
                {formatInstant(event.at)}, {formatAge(event.at)} · told by{' '}
                <EntityName entityRef={event.toldBy} />
              </p>
            </li>
          );
        })}
      </ul>
      <MoreButton {...more} noun="event" />
    </>
  );
}

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
  const { data } = answer;
  return (
    <Panel
      title="Deploys and other events"
      description="A lasting change of the SLI is looked for near them, and named after the one that it follows."
    >
      <div className={styles.stack}>
        <Awaited awaited="the events" answer={answer} />
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
