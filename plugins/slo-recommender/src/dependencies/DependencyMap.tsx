import { Skeleton } from '@backstage/ui';
import { Suspense, useCallback, useMemo, useRef } from 'react';
import { GraphCanvas, type Selection } from '../graph';
import styles from './DependencyMap.module.css';
import { DependencyTable } from './DependencyTable';
import { EdgePanel } from './EdgePanel';
import { edgeId } from './edgeId';
import { GraphLegend } from './GraphLegend';
import { type Graph, nearest } from './narrow';
import { NodePanel } from './NodePanel';
import { toCanvas } from './toCanvas';
import { TooManyServices } from './TooManyServices';
import type { View } from './useDependencyQuery';

/** Most services that are drawn; more of them neither move smoothly nor can be told apart. */
const MOST_DRAWN = 600;

function Drawing(props: {
  graph: Graph;
  rootName: string;
  selection: Selection | null;
  onSelect: (selection: Selection | null) => void;
  onTable: () => void;
}) {
  const { graph, rootName, selection, onSelect, onTable } = props;
  const drawn = useMemo(() => nearest(graph, MOST_DRAWN), [graph]);
  const canvas = useMemo(() => toCanvas(drawn), [drawn]);
  const leftOut = graph.nodes.length - drawn.nodes.length;
  return (
    <div className={styles.drawing}>
      {leftOut > 0 && (
        <TooManyServices
          drawn={drawn.nodes.length}
          leftOut={leftOut}
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
            root={drawn.root}
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
  view: View;
  selection: Selection | null;
  onSelect: (selection: Selection | null) => void;
  onTable: () => void;
}) {
  const { graph, view, selection, onSelect, onTable } = props;
  const names = useMemo(
    () => new Map(graph.nodes.map(({ id, name }) => [id, name])),
    [graph],
  );
  const opener = useRef<Element | null>(null);
  const pickedHere = useRef(false);

  const pick = useCallback(
    (next: Selection | null) => {
      pickedHere.current = next !== null;
      opener.current = document.activeElement;
      onSelect(next);
    },
    [onSelect],
  );
  const close = useCallback(() => {
    onSelect(null);
    if (opener.current instanceof HTMLElement) opener.current.focus();
  }, [onSelect]);

  const node =
    selection?.kind === 'node'
      ? graph.nodes.find(({ id }) => id === selection.id)
      : undefined;
  const edge =
    selection?.kind === 'edge'
      ? graph.edges.find(one => edgeId(one) === selection.id)
      : undefined;
  const takesFocus = pickedHere.current;
  const shared = { names, takesFocus, onClose: close };
  return (
    // Escape is a shortcut; the panel has a button for the same
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className={node || edge ? styles.beside : styles.alone}
      onKeyDown={event => {
        if (event.key === 'Escape' && selection) close();
      }}
    >
      {view === 'graph' ? (
        <Drawing
          graph={graph}
          rootName={names.get(graph.root) ?? ''}
          selection={node || edge ? selection : null}
          onSelect={pick}
          onTable={onTable}
        />
      ) : (
        <DependencyTable graph={graph} names={names} onSelect={pick} />
      )}
      {node && <NodePanel node={node} graph={graph} {...shared} />}
      {edge && <EdgePanel edge={edge} {...shared} />}
    </div>
  );
}
