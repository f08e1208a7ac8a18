import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { Button, Link } from '@backstage/ui';
import type { DivergentDependency } from 'backstage-plugin-slo-recommender-common';
import { useState } from 'react';
import { DEPENDENCIES_TAB_PATH } from '../routes';
import { formatAge, formatCount, trafficWords } from '../words';
import styles from './Divergence.module.css';

/** How many are listed before a person asks for all. */
const FIRST = 5;

function seenWords({ edge }: DivergentDependency): string {
  if (!edge.observed) return 'no calls seen';
  const traffic = trafficWords(edge);
  return edge.lastSeenAt
    ? `${traffic}, last ${formatAge(edge.lastSeenAt)}`
    : traffic;
}

/** Calls that only one side knows, with advice: said once where it is the same for all. */
export function Differing(props: {
  title: string;
  dependencies: DivergentDependency[];
}) {
  const { title, dependencies } = props;
  const [all, setAll] = useState(false);
  const entityLink = useEntityRefLink();
  if (dependencies.length === 0) return null;
  const [{ advice: first }] = dependencies;
  const shared = dependencies.every(({ advice }) => advice === first);
  return (
    <div>
      <h3 className={styles.title}>{title}</h3>
      {shared && <p className={styles.flat}>{first}</p>}
      <ul className={styles.list}>
        {(all ? dependencies : dependencies.slice(0, FIRST)).map(dependency => {
          const { target, name, entityRef, advice } = dependency;
          return (
            <li key={target}>
              {entityRef ? (
                <Link
                  href={`${entityLink(entityRef)}${DEPENDENCIES_TAB_PATH}`}
                  weight="bold"
                >
                  {name}
                </Link>
              ) : (
                <strong>{name}</strong>
              )}
              <span className={styles.quiet}>{seenWords(dependency)}</span>
              {!shared && <span>{advice}</span>}
            </li>
          );
        })}
      </ul>
      {dependencies.length > FIRST && (
        <Button
          size="small"
          variant="tertiary"
          aria-expanded={all}
          onPress={() => setAll(!all)}
        >
          {all
            ? `Show the first ${FIRST}`
            : `Show all ${formatCount(dependencies.length)}`}
        </Button>
      )}
    </div>
  );
}
