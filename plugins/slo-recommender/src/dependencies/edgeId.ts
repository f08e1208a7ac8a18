/** Names an edge where one text must do, for example in an address. */
export function edgeId(edge: { source: string; target: string }): string {
  return `${edge.source}~${edge.target}`;
}
