import { useMemo } from 'react';
import type { Selection } from '../graph';
import styles from './DependencyMap.module.css';
import { DependencyTable } from './DependencyTable';
import { Drawing } from './Drawing';
import { EdgePanel } from './EdgePanel';
import { edgeId } from './edgeId';
import type { Graph } from './narrow';
import { NodePanel } from './NodePanel';
import { NotShown } from './NotShown';
import type { usePick } from './usePick';

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
  const shared = { names, takesFocus, onClose: close };
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
        {node && <NodePanel node={node} graph={graph} {...shared} />}
        {edge && <EdgePanel edge={edge} {...shared} />}
      </div>
    </>
  );
}
