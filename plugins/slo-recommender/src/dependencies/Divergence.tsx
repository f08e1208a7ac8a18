import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { Button, Link } from '@backstage/ui';
import { RiCheckDoubleLine, RiEyeOffLine } from '@remixicon/react';
import type {
  DivergenceResponse,
  DivergentDependency,
} from 'backstage-plugin-slo-recommender-common';
import { useState } from 'react';
import {
  DECLARED_ONLY_ICON,
  Fact,
  FactList,
  OBSERVED_ONLY_ICON,
  Panel,
  Snippet,
} from '../ui';
import { DEPENDENCIES_TAB_PATH } from '../routes';
import { formatCount, formatQuantity, formatAge, trafficWords } from '../words';
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
function Differing(props: {
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

/** Where catalog and telemetry do not agree on what the service calls, and what to do about it. */
export function Divergence(props: { divergence: DivergenceResponse }) {
  const { undeclared, unseen, agreeing, unobserved, hidden, catalogLines } =
    props.divergence;
  const differing = undeclared.length + unseen.length + hidden;
  return (
    <Panel
      title="Catalog and telemetry compared"
      description="What this service calls, by the word of each"
    >
      <div className={styles.parts}>
        {!unobserved && (
          <FactList label="Comparison">
            {(agreeing > 0 || differing === 0) && (
              <Fact
                tone={agreeing > 0 ? 'positive' : 'neutral'}
                icon={<RiCheckDoubleLine />}
              >
                {formatQuantity(agreeing, 'call')} on which both agree
              </Fact>
            )}
            {undeclared.length > 0 && (
              <Fact tone="warning" icon={OBSERVED_ONLY_ICON}>
                {formatCount(undeclared.length)} observed and not declared
              </Fact>
            )}
            {unseen.length > 0 && (
              <Fact tone="warning" icon={DECLARED_ONLY_ICON}>
                {formatCount(unseen.length)} declared and not observed
              </Fact>
            )}
            {hidden > 0 && (
              <Fact icon={<RiEyeOffLine />}>
                {formatCount(hidden)} more that you may not see
              </Fact>
            )}
          </FactList>
        )}
        {unobserved && (
          <p className={styles.flat}>
            No source sees the calls of this service, so there is nothing to
            compare the catalog with. They become visible with traces and a
            service graph, or when CI or a mesh reports them.
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
