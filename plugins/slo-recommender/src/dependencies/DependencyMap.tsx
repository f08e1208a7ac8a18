import { Skeleton, Alert, Button } from '@backstage/ui';
import type { DependencyEdge } from 'backstage-plugin-slo-recommender-common';
import { useMemo, Suspense } from 'react';
import { type Selection, GraphCanvas } from '../graph';
import { formatCount, formatQuantity } from '../words';
import styles from './DependencyMap.module.css';
import { DependencyTable } from './DependencyTable';
import { DetailPanel } from './DetailPanel';
import { EdgeFacts } from './EdgeFacts';
import { GraphLegend } from './GraphLegend';
import { type Graph, edgeId } from './narrow';
import { NodePanel } from './NodePanel';
import { toCanvas } from './toCanvas';
import type { usePick } from './usePick';

/** Says that what an address names is not among what is shown, and how to see it. */
function NotShown(props: {
  selection: Selection;
  /** Shows every call; absent where that is so. */
  onShowAll: (() => void) | undefined;
  onClose: () => void;
}) {
  const { selection, onShowAll, onClose } = props;
  const what = selection.kind === 'node' ? 'service' : 'call';
  return (
    <Alert
      role="status"
      status="info"
      icon
      title={`The ${what} ${selection.id.replace('~', ' → ')} is not shown`}
      description={
        onShowAll
          ? 'It may be farther away, lead the other way or be left out by a filter.'
          : 'It is not known here, or you may not see it.'
      }
      customActions={
        <Button size="small" variant="secondary" onPress={onShowAll ?? onClose}>
          {onShowAll ? 'Show all calls' : 'Close'}
        </Button>
      }
    />
  );
}

/** Says how many of the services are drawn, how many the table has, and how many neither has. */
export function TooManyServices(props: {
  drawn: number;
  /** Services in the table. */
  listed: number;
  /** Services so far away that they are in neither. */
  omitted: number;
  onTable: () => void;
}) {
  const { drawn, listed, omitted, onTable } = props;
  return (
    <Alert
      role="status"
      status="info"
      icon
      title={`Too many services to draw: these are the nearest ${formatCount(
        drawn,
      )}`}
      description={[
        omitted > 0
          ? `The table has the nearest ${formatCount(listed)}. Neither has ${formatQuantity(omitted, 'service')} farther away.`
          : `The table has all ${formatCount(listed)}.`,
        'Less depth or one direction makes the graph smaller.',
      ].join(' ')}
      customActions={
        <Button size="small" variant="secondary" onPress={onTable}>
          Show the table
        </Button>
      }
    />
  );
}

/** The graph as a picture, with its key. */
function Drawing(props: {
  graph: Graph;
  /** Services in the table. */
  listed: number;
  /** Services in neither. */
  omitted: number;
  rootName: string;
  selection: Selection | null;
  onSelect: (selection: Selection | null) => void;
  onTable: () => void;
}) {
  const { graph, listed, omitted, rootName, selection, onSelect, onTable } =
    props;
  const canvas = useMemo(() => toCanvas(graph), [graph]);
  return (
    <div className={styles.drawing}>
      {graph.nodes.length < listed && (
        <TooManyServices
          drawn={graph.nodes.length}
          listed={listed}
          omitted={omitted}
          onTable={onTable}
        />
      )}
      <div className={styles.canvas}>
        <Suspense
          fallback={
            <div aria-busy="true" className={styles.canvas}>
              <span role="status">Drawing the graph…</span>
              <Skeleton width="100%" height="100%" />
            </div>
          }
        >
          <GraphCanvas
            label={`Dependencies of ${rootName}`}
            root={graph.root}
            nodes={canvas.nodes}
            edges={canvas.edges}
            selection={selection}
            onSelect={onSelect}
          />
        </Suspense>
      </div>
      <GraphLegend />
    </div>
  );
}

/** The graph or its table, and beside it what is known of the thing that was picked. */
export function DependencyMap(props: {
  graph: Graph;
  /** As much of the graph as is drawn; null where the table is shown. */
  drawn: Graph | null;
  omittedNodes: number;
  /** True while the graph is not yet the one that was asked for. */
  loading: boolean;
  selection: Selection | null;
  picking: ReturnType<typeof usePick>;
  onTable: () => void;
  /** Shows every call; absent where that is so. */
  onShowAll: (() => void) | undefined;
}) {
  const { graph, drawn, loading, selection, picking } = props;
  const { place, pick, close, takesFocus } = picking;
  const names = useMemo(
    () => new Map(graph.nodes.map(({ id, name }) => [id, name])),
    [graph],
  );
  const node =
    selection?.kind === 'node'
      ? graph.nodes.find(({ id }) => id === selection.id)
      : undefined;
  const edge =
    selection?.kind === 'edge'
      ? graph.edges.find(one => edgeId(one) === selection.id)
      : undefined;
  const isFound = Boolean(node ?? edge);
  const callTitle = ({ source, target }: DependencyEdge) =>
    `${names.get(source)} calls ${names.get(target)}`;
  const shared = { takesFocus, onClose: close };
  return (
    <>
      {selection && !isFound && !loading && (
        <NotShown
          selection={selection}
          onShowAll={props.onShowAll}
          onClose={close}
        />
      )}
      {/* Escape is a shortcut; the panel has a button for the same */}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        ref={place}
        tabIndex={-1}
        className={isFound ? styles.beside : styles.alone}
        onKeyDown={event => {
          if (event.key === 'Escape' && selection) close();
        }}
      >
        {drawn ? (
          <Drawing
            graph={drawn}
            listed={graph.nodes.length}
            omitted={props.omittedNodes}
            rootName={names.get(graph.root) ?? ''}
            selection={isFound ? selection : null}
            onSelect={pick}
            onTable={props.onTable}
          />
        ) : (
          <DependencyTable graph={graph} names={names} onSelect={pick} />
        )}
        {node && (
          <NodePanel node={node} graph={graph} names={names} {...shared} />
        )}
        {edge && (
          <DetailPanel title={callTitle(edge)} {...shared}>
            <EdgeFacts edge={edge} />
          </DetailPanel>
        )}
      </div>
    </>
  );
}
