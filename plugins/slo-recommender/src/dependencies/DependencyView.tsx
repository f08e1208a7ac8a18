import { useApi } from '@backstage/core-plugin-api';
import { Card, CardBody, useBreakpoint } from '@backstage/ui';
import { RiNodeTree } from '@remixicon/react';
import type { DependenciesResponse } from 'backstage-plugin-slo-recommender-common';
import { useCallback, useMemo } from 'react';
import { AliasList } from '../aliases';
import { sloRecommenderApiRef } from '../api';
import { useResource } from '../data';
import { Failure, Lead, Panel, Snippet, StateCard } from '../ui';
import { DependencyControls } from './DependencyControls';
import { DependencyMap } from './DependencyMap';
import { DependencySentence, ShownFacts } from './DependencySentence';
import styles from './DependencyView.module.css';
import { Divergence } from './Divergence';
import { narrow, nearest } from './narrow';
import {
  EVERYTHING,
  isEverything,
  type useDependencyQuery,
  type View,
} from './useDependencyQuery';
import { usePick } from './usePick';

/** A service of which no source knows a call. */
function NoDependencies(props: { name: string }) {
  return (
    <StateCard
      icon={<RiNodeTree />}
      title={`Nothing is known to call ${props.name}, nor that it calls anything`}
    >
      <p>
        Calls are seen in the service graph that Tempo or the OpenTelemetry
        Collector makes of traces, in a mesh, or in reports of CI. They can also
        be declared in the catalog file:
      </p>
      <Snippet
        label="catalog lines"
        code={'spec:\n  dependsOn:\n    - component:default/payments'}
      />
    </StateCard>
  );
}

const MOST = 20;

/** Names in telemetry that may be this service too. */
function JoinableNames(props: { entityRef: string; name: string }) {
  const { entityRef, name } = props;
  const api = useApi(sloRecommenderApiRef);
  const { data } = useResource(`aliases ${entityRef}`, () =>
    api.getAliasCandidates({ text: name, limit: MOST }),
  );
  const candidates = data?.items.filter(item => item.entityRef === entityRef);
  if (!candidates?.length) return null;
  return (
    <Panel
      title="Names that may be this service too"
      description="Not joined yet: look at the evidence, and join them by annotation"
    >
      <AliasList candidates={candidates} />
    </Panel>
  );
}

/** Most services that are drawn; more of them neither move smoothly nor can be told apart. */
const MOST_DRAWN = 500;

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
  const picking = usePick(select);
  const root = response.nodes.find(({ id }) => id === response.root);
  const onTable = useCallback(() => change({ view: 'table' }), [change]);
  const fitting: View = down('sm') ? 'table' : 'graph';
  const view = query.view ?? fitting;
  const drawn = useMemo(
    () => (view === 'graph' ? nearest(graph, MOST_DRAWN) : null),
    [graph, view],
  );
  const onShowAll = isEverything(query) ? undefined : () => change(EVERYTHING);

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
              shown={drawn ?? graph}
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
                  onFind={id => picking.pick({ kind: 'node', id })}
                  onShowAll={onShowAll}
                  onReset={reset}
                />
                <div className={loading ? styles.before : undefined}>
                  <DependencyMap
                    graph={graph}
                    drawn={drawn}
                    omittedNodes={response.omittedNodes}
                    loading={loading}
                    selection={query.selection}
                    picking={picking}
                    onTable={onTable}
                    onShowAll={onShowAll}
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
