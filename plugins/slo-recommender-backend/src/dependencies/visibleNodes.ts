import type { GraphSnapshot } from './graph/GraphSnapshot';

/** Entity references that the reader may read; undefined is all. */
export type Readable = ReadonlySet<string> | undefined;

/** One number per node of the snapshot: 1 where it is among those that are meant. */
export type NodeMarks = Uint8Array;

/**
 * Marks the nodes that a reader may see: entities that may be read, and undeclared services that a chain of calls among
 * undeclared ones connects to such an entity. What only hidden entities call would tell of them.
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
