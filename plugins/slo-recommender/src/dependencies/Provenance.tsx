import type { EdgeProvenance } from 'backstage-plugin-slo-recommender-common';
import {
  formatAge,
  formatCount,
  formatDay,
  formatQuantity,
  originWords,
} from '../words';
import styles from './Provenance.module.css';

function sightings(source: EdgeProvenance): string {
  const { firstSeenAt, lastSeenAt, reports } = source;
  const told = `told of it ${formatQuantity(reports, 'time')}`;
  if (!lastSeenAt) return told;
  const last = `last ${formatAge(lastSeenAt)}`;
  return firstSeenAt
    ? `${told}, first on ${formatDay(firstSeenAt)}, ${last}`
    : `${told}, ${last}`;
}

function counts(source: EdgeProvenance): string | null {
  const { calls, failedCalls } = source;
  if (calls === null) return null;
  return failedCalls === null
    ? `${formatCount(calls)} calls counted`
    : `${formatCount(calls)} calls counted, ${formatCount(
        failedCalls,
      )} of them failed`;
}

/** Which sources know a call, since when, and what they say of it. */
export function Provenance(props: { sources: EdgeProvenance[] }) {
  return (
    <div>
      <h4 className={styles.title}>Sources</h4>
      <ul className={styles.sources}>
        {props.sources.map(source => (
          <li key={source.origin}>
            <strong className={styles.origin}>
              {originWords(source.origin)}
            </strong>
            <span>{sightings(source)}</span>
            {counts(source) && <span>{counts(source)}</span>}
            {Object.entries(source.attributes).map(([name, value]) => (
              <code key={name} className={styles.attribute}>
                {name}: {value}
              </code>
            ))}
          </li>
        ))}
      </ul>
    </div>
  );
}
