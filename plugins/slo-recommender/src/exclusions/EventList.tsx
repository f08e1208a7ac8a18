import { Link } from '@backstage/ui';
import {
  RiAlarmWarningLine,
  RiExternalLinkLine,
  RiRocketLine,
  RiSettings3Line,
} from '@remixicon/react';
import type {
  ServiceEvent,
  ServiceEventType,
} from 'backstage-plugin-slo-recommender-common';
import type { ReactElement } from 'react';
import { EntityName, Fact, type Tone } from '../pieces';
import { formatAge, formatInstant } from '../words';
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
export function EventList(props: { events: ServiceEvent[] }) {
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
