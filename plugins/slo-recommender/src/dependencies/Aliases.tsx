import type { Alias } from 'backstage-plugin-slo-recommender-common';
import styles from './Aliases.module.css';

const joinedBy: Record<Alias['joinedBy'], string> = {
  annotation: 'by annotation',
  'entity-name': 'the entity’s own name',
  rule: 'by a configured rule',
  evidence: 'by evidence',
};

/** The names under which telemetry knows a service, and why they were joined. */
export function Aliases(props: { aliases: Alias[] }) {
  const { aliases } = props;
  if (aliases.length === 0) return null;
  return (
    <div>
      <h4 className={styles.title}>Names in telemetry</h4>
      <ul className={styles.aliases}>
        {aliases.map(alias => (
          <li key={alias.name}>
            <code className={styles.name}>{alias.name}</code>{' '}
            <span className={styles.reason}>
              {joinedBy[alias.joinedBy]}: {alias.reason}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
