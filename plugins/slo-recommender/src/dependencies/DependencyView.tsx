import { useApi } from '@backstage/core-plugin-api';
import { Card, CardBody, useBreakpoint } from '@backstage/ui';
import type { DependenciesResponse } from 'backstage-plugin-slo-recommender-common';
import { useCallback, useMemo } from 'react';
import { sloRecommenderApiRef } from '../api';
import { useResource } from '../data';
import { Failure, Lead } from '../pieces';
import { DependencyControls } from './DependencyControls';
import { DependencyMap } from './DependencyMap';
import { DependencySentence } from './DependencySentence';
import styles from './DependencyView.module.css';
import { Divergence } from './Divergence';
import { JoinableNames } from './JoinableNames';
import { narrow } from './narrow';
import { NoDependencies } from './NoDependencies';
import { ShownFacts } from './ShownFacts';
import type { useDependencyQuery, View } from './useDependencyQuery';

/** The dependencies of a service that the backend knows. */
export function DependencyView(props: {
  entityRef: string;
  name: string;
  response: DependenciesResponse;
  /** True while the answer to what the controls ask is on its way. */
  loading: boolean;
  analysisId: string | undefined;
  state: ReturnType<typeof useDependencyQuery>;
}) {
  const { entityRef, name, response, loading, analysisId, state } = props;
  const { query, isDefault, change, select, reset } = state;
  const api = useApi(sloRecommenderApiRef);
  const { down } = useBreakpoint();
  const divergence = useResource(`divergence ${entityRef} ${analysisId}`, () =>
    api.getDivergence(entityRef),
  );
  const graph = useMemo(
    () => narrow(response, query.claim),
    [response, query.claim],
  );
  const root = response.nodes.find(({ id }) => id === response.root);
  const onTable = useCallback(() => change({ view: 'table' }), [change]);
  const fitting: View = down('sm') ? 'table' : 'graph';
  const view = query.view ?? fitting;

  if (!root) return <NoDependencies name={name} />;
  const isAlone =
    root.fanIn + root.fanOut === 0 &&
    response.hiddenNodes + response.staleEdges === 0;
  return (
    <>
      {isAlone ? (
        <NoDependencies name={root.name} />
      ) : (
        <>
          <Lead
            sentence={
              <DependencySentence root={root} divergence={divergence.data} />
            }
          >
            <ShownFacts
              root={root}
              response={response}
              graph={graph}
              filtered={query.claim !== 'any'}
            />
          </Lead>
          <Card className={styles.card}>
            <CardBody>
              <div className={styles.parts} aria-busy={loading}>
                <DependencyControls
                  query={query}
                  isDefault={isDefault}
                  view={view}
                  nodes={graph.nodes}
                  onChange={change}
                  onFind={id => select({ kind: 'node', id })}
                  onReset={reset}
                />
                <div className={loading ? styles.before : undefined}>
                  <DependencyMap
                    graph={graph}
                    view={view}
                    selection={query.selection}
                    onSelect={select}
                    onTable={onTable}
                  />
                </div>
              </div>
            </CardBody>
          </Card>
        </>
      )}
      {divergence.error && (
        <Failure
          title="Catalog and telemetry could not be compared"
          error={divergence.error}
          onRetry={divergence.reload}
        />
      )}
      {divergence.data && !isAlone && (
        <Divergence divergence={divergence.data} />
      )}
      <JoinableNames entityRef={entityRef} name={name} />
    </>
  );
}
