import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';
import { RiCheckDoubleLine, RiEyeOffLine } from '@remixicon/react';
import type {
  DivergenceResponse,
  DivergentDependency,
} from 'backstage-plugin-slo-recommender-common';
import {
  DECLARED_ONLY_ICON,
  Fact,
  FactList,
  OBSERVED_ONLY_ICON,
  Panel,
  Snippet,
} from '../pieces';
import { DEPENDENCIES_TAB_PATH } from '../routes';
import { formatAge, formatQuantity, trafficWords } from '../words';
import styles from './Divergence.module.css';

function Differing(props: {
  title: string;
  dependencies: DivergentDependency[];
}) {
  const { title, dependencies } = props;
  const entityLink = useEntityRefLink();
  if (dependencies.length === 0) return null;
  return (
    <div>
      <h3 className={styles.title}>{title}</h3>
      <ul className={styles.list}>
        {dependencies.map(({ target, name, entityRef, edge, advice }) => (
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
            <span className={styles.quiet}>
              {edge.observed ? `${trafficWords(edge)}` : 'no calls seen'}
              {edge.lastSeenAt && edge.observed
                ? `, last ${formatAge(edge.lastSeenAt)}`
                : ''}
            </span>
            <span>{advice}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Where catalog and telemetry do not agree on what the service calls, and what to do about it. */
export function Divergence(props: { divergence: DivergenceResponse }) {
  const { undeclared, unseen, agreeing, unobserved, hidden, catalogLines } =
    props.divergence;
  return (
    <Panel
      title="Catalog and telemetry compared"
      description="What this service calls, by the word of each"
    >
      <div className={styles.parts}>
        <FactList label="Comparison">
          <Fact
            tone={agreeing > 0 ? 'positive' : 'neutral'}
            icon={<RiCheckDoubleLine />}
          >
            {formatQuantity(agreeing, 'call')} on which both agree
          </Fact>
          <Fact
            tone={undeclared.length > 0 ? 'warning' : 'neutral'}
            icon={OBSERVED_ONLY_ICON}
          >
            {undeclared.length} observed and not declared
          </Fact>
          <Fact
            tone={unseen.length > 0 ? 'warning' : 'neutral'}
            icon={DECLARED_ONLY_ICON}
          >
            {unseen.length} declared and not observed
          </Fact>
          {hidden > 0 && (
            <Fact icon={<RiEyeOffLine />}>
              {hidden} more that you may not see
            </Fact>
          )}
        </FactList>
        {unobserved && (
          <p className={styles.flat}>
            No source sees the calls of this service, so nothing can be said of
            what is declared. Its calls become visible with traces and a service
            graph, or when CI or a mesh reports them.
          </p>
        )}
        <Differing
          title="Observed and not declared"
          dependencies={undeclared}
        />
        {catalogLines && (
          <div>
            <p className={styles.flat}>
              To declare it, add to the catalog file:
            </p>
            <Snippet label="catalog lines" code={catalogLines} />
          </div>
        )}
        <Differing title="Declared and not observed" dependencies={unseen} />
      </div>
    </Panel>
  );
}
