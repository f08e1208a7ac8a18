import { Skeleton } from '@backstage/ui';
import { Suspense, useMemo } from 'react';
import { GraphCanvas, type Selection } from '../graph';
import styles from './DependencyMap.module.css';
import { GraphLegend } from './GraphLegend';
import type { Graph } from './narrow';
import { toCanvas } from './toCanvas';
import { TooManyServices } from './TooManyServices';

/** The graph as a picture, with its key. */
export function Drawing(props: {
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
