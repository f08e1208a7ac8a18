import type { DependencyGraph, Follow } from './DependencyGraph';

/** All that a node reaches along the calls (downstream), or all from which it is reached (upstream). */
export interface Cone {
  direction: 'downstream' | 'upstream';
  depth: number;
  follow: Follow | undefined;
}

/** Marks grow from search to search. Before they are too large for their array they begin anew. */
const LARGEST_MARK = 2 ** 31 - 1;

/**
 * Breadth-first search that keeps its memory for the next one. A search of a few nodes in a large graph would otherwise
 * spend nearly all of its time on the allocation of arrays as large as the graph.
 */
export class ConeSearch {
  /** What the latest search found, the root first; only the first `nodeCount` elements count. */
  nodes = new Int32Array(0);
  distances = new Int32Array(0);
  nodeCount = 0;
  /** What the latest search crossed; only the first `edgeCount` elements count. */
  edges = new Int32Array(0);
  edgeCount = 0;
  /** For each node the base of the latest search that found it plus its distance in that search. */
  #marks = new Int32Array(0);
  /** Greater than all marks of the searches before. */
  #base = 1;

  search(graph: DependencyGraph, root: number, cone: Cone): void {
    this.#prepare(graph);
    const { depth, follow } = cone;
    const downstream = cone.direction === 'downstream';
    const offsets = downstream ? graph.outOffsets : graph.inOffsets;
    const row = downstream ? graph.outEdges : graph.inEdges;
    const ends = downstream ? graph.outTargets : graph.inSources;
    const { nodes, distances, edges } = this;
    const marks = this.#marks;
    const base = this.#base;

    nodes[0] = root;
    distances[0] = 0;
    marks[root] = base;
    let found = 1;
    let crossed = 0;
    for (let distance = 0, from = 0; distance < depth && from < found;) {
      const to = found;
      distance++;
      for (let i = from; i < to; i++) {
        const rowEnd = offsets[nodes[i] + 1];
        for (let j = offsets[nodes[i]]; j < rowEnd; j++) {
          if (follow !== undefined && !follow(row[j])) continue;
          edges[crossed++] = row[j];
          const neighbour = ends[j];
          if (marks[neighbour] < base) {
            marks[neighbour] = base + distance;
            nodes[found++] = neighbour;
          }
        }
      }
      distances.fill(distance, to, found);
      from = to;
    }
    this.nodeCount = found;
    this.edgeCount = crossed;
  }

  /** Number of calls between the root of the latest search and a node, `Infinity` where it was not found. */
  distanceOf(node: number): number {
    const distance = this.#marks[node] - this.#base;
    return distance >= 0 ? distance : Infinity;
  }

  #prepare(graph: DependencyGraph): void {
    this.#base += this.#marks.length;
    if (
      this.#marks.length < graph.nodeCount ||
      this.#base + this.#marks.length > LARGEST_MARK
    ) {
      const length = Math.max(this.#marks.length, graph.nodeCount);
      this.#marks = new Int32Array(length);
      this.nodes = new Int32Array(length);
      this.distances = new Int32Array(length);
      this.#base = 1;
    }
    if (this.edges.length < graph.edgeCount) {
      this.edges = new Int32Array(graph.edgeCount);
    }
  }
}
