import type { Links } from './types';

function steps(
  root: string,
  neighbours: ReadonlyMap<string, string[]>,
): Map<string, number> {
  const found = new Map([[root, 0]]);
  const queue = [root];
  for (let head = 0; head < queue.length; head += 1) {
    const distance = (found.get(queue[head]) ?? 0) + 1;
    for (const next of neighbours.get(queue[head]) ?? []) {
      if (!found.has(next)) {
        found.set(next, distance);
        queue.push(next);
      }
    }
  }
  return found;
}

function byEnd(links: Links, from: 'source' | 'target') {
  const to = from === 'source' ? 'target' : 'source';
  const neighbours = new Map<string, string[]>();
  for (const link of links) {
    const ends = neighbours.get(link[from]);
    if (ends) ends.push(link[to]);
    else neighbours.set(link[from], [link[to]]);
  }
  return neighbours;
}

/** Fewest calls from a service to each that it reaches, itself included. */
export function callsDownstream(
  root: string,
  links: Links,
): Map<string, number> {
  return steps(root, byEnd(links, 'source'));
}

/** Fewest calls from each service that reaches this one, itself included. */
export function callsUpstream(root: string, links: Links): Map<string, number> {
  return steps(root, byEnd(links, 'target'));
}

/** Column of each node: how far it is downstream of the root, negative where it is nearer upstream. */
export function ranks(root: string, links: Links): Map<string, number> {
  const columns = callsDownstream(root, links);
  for (const [id, distance] of callsUpstream(root, links)) {
    const downstream = columns.get(id);
    if (downstream === undefined || distance < downstream) {
      columns.set(id, -distance);
    }
  }
  return columns;
}
