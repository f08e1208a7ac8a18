import { RiCheckDoubleLine, RiEyeOffLine } from '@remixicon/react';
import type { DivergenceResponse } from 'backstage-plugin-slo-recommender-common';
import {
  DECLARED_ONLY_ICON,
  Fact,
  FactList,
  OBSERVED_ONLY_ICON,
  Panel,
  Snippet,
} from '../pieces';
import { formatCount, formatQuantity } from '../words';
import { Differing } from './Differing';
import styles from './Divergence.module.css';

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
