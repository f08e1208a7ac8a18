import type {
  LatencyInterval,
  ObservedLatency,
} from 'backstage-plugin-slo-recommender-node';
import { OUTSIDE } from '../dialects/edges';
import type { EdgeLatencies } from './latencies';

/** Fewest edges that must say so before both sides are taken for exchanged. */
const FEWEST_EDGES = 3;
/** Share of the edges with both sides measured that must show it. */
const MOST_EDGES = 0.8;

/**
 * True where servers seem to take longer than their callers wait, which cannot be: old versions of the Collector wrote
 * the latency of the one under the name of the other.
 */
export function areSidesSwapped(edges: Iterable<EdgeLatencies>): boolean {
  let sound = 0;
  let swapped = 0;
  for (const { edge, client, server } of edges) {
    if (edge.connectionType === 'request' && client && server) {
      sound += isBelow(server.p50, client.p50) ? 1 : 0;
      swapped += isBelow(client.p50, server.p50) ? 1 : 0;
    }
  }
  return swapped >= FEWEST_EDGES && swapped >= MOST_EDGES * (sound + swapped);
}

/** Exchanges what both sides measured. */
export function swapSides({
  edge,
  client,
  server,
}: EdgeLatencies): EdgeLatencies {
  return { edge, client: server, server: client };
}

/**
 * What the server measured, as it is the service's own; for peers without instrumentation, of which the service graph
 * writes 0 s, what the other side did. Null if neither can be distinguished from the 0 s of a side that does not exist.
 */
export function chooseSide({
  edge,
  client,
  server,
}: EdgeLatencies): ObservedLatency | null {
  const fromServer = server && { side: 'server' as const, ...server };
  const fromClient = client && { side: 'client' as const, ...client };
  if (edge.client === OUTSIDE) {
    return fromServer ?? null;
  }
  if (edge.connectionType === 'database') {
    return fromClient ?? null;
  }
  if (edge.connectionType === 'virtual') {
    const measured = [fromClient, fromServer].find(
      one => one && !isInLowestBucket(one.p99),
    );
    return measured ?? null;
  }
  return fromServer ?? fromClient ?? null;
}

/** The bucket in which the 0 s of a side that does not exist lie. */
function isInLowestBucket({ fromSeconds }: LatencyInterval): boolean {
  return fromSeconds === 0;
}

function isBelow(one: LatencyInterval, other: LatencyInterval): boolean {
  return one.toSeconds !== null && one.toSeconds <= other.fromSeconds;
}
