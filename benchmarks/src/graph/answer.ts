/** What is compared: the part of a graph around a root, whoever found it. */
export interface Answer {
  nodes: Int32Array;
  edges: Int32Array;
  /** Of each of the nodes, in the order of `nodes`; absent where the method does not tell. */
  distances?: Int32Array;
}

/**
 * @throws Error where the answers are not the same nodes and edges, at the same distances where both tell them.
 */
export function requireSameAnswer(
  what: string,
  ours: Answer,
  theirs: Answer,
): void {
  const same =
    sortedText(ours.nodes) === sortedText(theirs.nodes) &&
    sortedText(ours.edges) === sortedText(theirs.edges) &&
    (!ours.distances ||
      !theirs.distances ||
      distancesText(ours.nodes, ours.distances) ===
        distancesText(theirs.nodes, theirs.distances));
  if (!same) {
    throw new Error(
      `${what}: the answers differ. Ours has ${ours.nodes.length} nodes and ${ours.edges.length} edges, the other ${theirs.nodes.length} and ${theirs.edges.length}.`,
    );
  }
}

function sortedText(numbers: Int32Array): string {
  return numbers.toSorted().join();
}

function distancesText(nodes: Int32Array, distances: Int32Array): string {
  return [...nodes]
    .map((node, i) => `${node}:${distances[i]}`)
    .sort()
    .join();
}
