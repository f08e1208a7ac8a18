import type {
  AliasCandidate,
  AliasCandidatesResponse,
  FleetPageQuery,
} from 'backstage-plugin-slo-recommender-common';
import { findAliasCandidates, undeclaredName } from '../graph';
import type { GraphView } from './GraphView';
import { matches, pageOf } from './paging';

/** Names that may be one service. Drawn from what the reader may see alone: evidence would tell of the rest. */
export function aliasCandidates(
  view: GraphView,
  query: FleetPageQuery,
): AliasCandidatesResponse {
  return pageOf(
    'aliases',
    candidatesOf(view).filter(({ ids, names }) =>
      matches(query.text, [...ids, ...names]),
    ),
    ({ ids }) => ids.join(' '),
    query,
  );
}

function candidatesOf(view: GraphView): AliasCandidate[] {
  const nodes = view.visibleNodes().map(({ node }) => ({
    id: node.id,
    entityRef: node.entityRef,
    names: [
      ...new Set([
        ...(node.entityRef === null ? [undeclaredName(node.id)] : []),
        ...(node.entity?.telemetryNames ?? []),
        ...node.aliases.map(({ name }) => name),
      ]),
    ],
  }));
  const edges = view.snapshot.edges
    .filter(
      ({ stale, source, target }) =>
        !stale && view.isVisibleId(source) && view.isVisibleId(target),
    )
    .map(({ source, target, callsPerSecond }) => ({
      source,
      target,
      calls: callsPerSecond,
    }));
  return findAliasCandidates({ nodes, edges });
}
