import type { GraphSnapshot } from '../graph';

/** Entity references that the reader may read; undefined is all. */
export type Readable = Set<string> | undefined;

/**
 * Which of the nodes a reader may see: entities that may be read, and undeclared services that a chain of calls among
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
): Set<number> {
  const among = new Set(nodes);
  if (!readable) return among;
  const entities = [...among].filter(index => {
    const { entityRef } = snapshot.nodes[index];
    return entityRef !== null && readable.has(entityRef);
  });
  const neighbours = new Map<number, number[]>();
  const connect = (from: number, to: number) => {
    if (!among.has(from) || snapshot.nodes[to].entityRef !== null) return;
    const known = neighbours.get(from);
    if (known) known.push(to);
    else neighbours.set(from, [to]);
  };
  const { sources, targets } = snapshot.whole;
  for (const edge of edges) {
    connect(sources[edge], targets[edge]);
    connect(targets[edge], sources[edge]);
  }
  const visible = new Set(entities);
  // a set that grows while it is gone through is gone through to its end
  for (const index of visible) {
    for (const neighbour of neighbours.get(index) ?? []) {
      if (among.has(neighbour)) visible.add(neighbour);
    }
  }
  return new Set([...among].filter(index => visible.has(index)));
}
