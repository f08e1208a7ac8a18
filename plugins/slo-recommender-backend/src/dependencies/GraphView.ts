import type { DependencyEdge } from 'backstage-plugin-slo-recommender-common';
import type { GraphNode, GraphSnapshot } from './graph/GraphSnapshot';
import { type NodeMarks, type Readable, visibleNodes } from './visibleNodes';

/** The graph, without stale edges, as one reader may see it. What is hidden can be counted. */
export class GraphView {
  readonly snapshot: GraphSnapshot;
  /** Of the nodes that the reader may see. */
  readonly marks: NodeMarks;

  constructor(snapshot: GraphSnapshot, readable: Readable) {
    this.snapshot = snapshot;
    this.marks = visibleNodes(
      snapshot,
      snapshot.nodes.keys(),
      snapshot.edges.keys(),
      readable,
    );
  }

  isVisible(index: number): boolean {
    return this.marks[index] === 1;
  }

  /** Whether the reader may see the node of this id; not where there is none. */
  isVisibleId(id: string): boolean {
    const index = this.snapshot.indexOf.get(id);
    return index !== undefined && this.isVisible(index);
  }

  /** In the order of their ids. */
  visibleNodes(): { index: number; node: GraphNode }[] {
    return this.snapshot.nodes
      .map((node, index) => ({ node, index }))
      .filter(({ index }) => this.isVisible(index));
  }

  /** Edges that leave a node, calls to itself left out, with the nodes that they lead to. */
  callees(index: number) {
    const { outOffsets, outEdges, targets } = this.snapshot.fresh;
    return this.#neighbours(index, outOffsets, outEdges, targets);
  }

  /** Edges that enter a node, calls from itself left out, with the nodes that they come from. */
  callers(index: number) {
    const { inOffsets, inEdges, sources } = this.snapshot.fresh;
    return this.#neighbours(index, inOffsets, inEdges, sources);
  }

  #neighbours(
    index: number,
    offsets: Int32Array,
    rows: Int32Array,
    ends: Int32Array,
  ): { edge: DependencyEdge; index: number; node: GraphNode }[] {
    return [...rows.subarray(offsets[index], offsets[index + 1])]
      .filter(edge => ends[edge] !== index)
      .map(edge => ({
        edge: this.snapshot.edges[edge],
        index: ends[edge],
        node: this.snapshot.nodes[ends[edge]],
      }));
  }
}
