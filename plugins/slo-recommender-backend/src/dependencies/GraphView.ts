import type { DependencyEdge } from 'backstage-plugin-slo-recommender-common';
import type { GraphNode, GraphSnapshot } from './graph/GraphSnapshot';

/** Entity references that the reader may read; undefined is all. */
export type Readable = ReadonlySet<string> | undefined;

/** One number per node of the snapshot: 1 if it is among those that are meant. */
export type NodeMarks = Uint8Array;

/** The graph, without stale edges, as one reader may see it. What is hidden can be counted. */
export class GraphView {
  readonly snapshot: GraphSnapshot;
  /** Of the nodes that the reader may see. */
  readonly marks: NodeMarks;
  readonly #readable: Readable;

  constructor(snapshot: GraphSnapshot, readable: Readable) {
    this.snapshot = snapshot;
    this.#readable = readable;
    this.marks = visibleNodes(
      snapshot,
      snapshot.nodes.keys(),
      snapshot.edges.keys(),
      readable,
    );
  }

  /** Whether the reader may read an entity, whether or not it is a node. */
  mayRead(entityRef: string): boolean {
    return !this.#readable || this.#readable.has(entityRef);
  }

  isVisible(index: number): boolean {
    return this.marks[index] === 1;
  }

  /** Whether the reader may see the node of this id; false if there is none. */
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

/**
 * Marks the nodes that a reader may see: entities that may be read, and undeclared services that a chain of calls among
 * undeclared ones connects to such an entity. What only hidden entities call would reveal them.
 *
 * @param nodes - indices of nodes.
 * @param edges - indices of the edges between them that are taken into account.
 */
export function visibleNodes(
  snapshot: GraphSnapshot,
  nodes: Iterable<number>,
  edges: Iterable<number>,
  readable: Readable,
): NodeMarks {
  const among = new Uint8Array(snapshot.nodes.length);
  for (const index of nodes) among[index] = 1;
  if (!readable) return among;
  const visible = new Uint8Array(among.length);
  /** Whose undeclared neighbours are still to be marked. */
  const reached: number[] = [];
  const reach = (index: number) => {
    if (visible[index]) return;
    visible[index] = 1;
    reached.push(index);
  };
  snapshot.nodes.forEach(({ entityRef }, index) => {
    if (among[index] && entityRef !== null && readable.has(entityRef)) {
      reach(index);
    }
  });
  const undeclaredNeighbours = new Map<number, number[]>();
  const connect = (from: number, to: number) => {
    if (!among[from] || !among[to] || snapshot.nodes[to].entityRef !== null) {
      return;
    }
    const known = undeclaredNeighbours.get(from);
    if (known) known.push(to);
    else undeclaredNeighbours.set(from, [to]);
  };
  const { sources, targets } = snapshot.whole;
  for (const edge of edges) {
    connect(sources[edge], targets[edge]);
    connect(targets[edge], sources[edge]);
  }
  for (let index = reached.pop(); index !== undefined; index = reached.pop()) {
    undeclaredNeighbours.get(index)?.forEach(reach);
  }
  return visible;
}
