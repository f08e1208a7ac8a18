import {
  type DivergenceResponse,
  ENABLED_ANNOTATION,
  type DivergentDependency,
  type FleetDivergenceResponse,
  type FleetPageQuery,
  joinWords,
  type ObservedDependenciesResponse,
} from 'backstage-plugin-slo-recommender-common';
import type { FoldedKind } from '../telemetry';
import type { GraphNode } from './graph/GraphSnapshot';
import { dependencyLines } from './catalogLines';
import type { GraphView } from './GraphView';
import { largestFirst, matches, pageOf } from './paging';

type Callee = ReturnType<GraphView['callees']>[number];

/** What a service calls, by whether catalog and telemetry agree on it. */
function compare(view: GraphView, index: number) {
  const callees = view.callees(index);
  const unobserved = !callees.some(({ edge }) => edge.observed);
  return {
    unobserved,
    undeclared: callees.filter(({ edge }) => edge.observed && !edge.declared),
    // if no calls are seen at all, that one is not seen means nothing
    unseen: unobserved
      ? []
      : callees.filter(({ edge }) => edge.declared && !edge.observed),
    agreeing: callees.filter(({ edge }) => edge.declared && edge.observed)
      .length,
  };
}

/** @param index - of a service that the reader may see. */
export function divergenceOf(
  view: GraphView,
  index: number,
): DivergenceResponse {
  const { undeclared, unseen, agreeing, unobserved } = compare(view, index);
  const isVisible = (callee: Callee) => view.isVisible(callee.index);
  const missing = undeclared.filter(isVisible);
  return {
    entityRef: view.snapshot.nodes[index].id,
    undeclared: missing.map(callee =>
      describe(callee, one => undeclaredAdvice(one, view)),
    ),
    unseen: unseen
      .filter(isVisible)
      .map(callee => describe(callee, unseenAdvice)),
    agreeing,
    unobserved,
    hidden: [...undeclared, ...unseen].filter(callee => !isVisible(callee))
      .length,
    catalogLines: dependencyLines(
      missing.flatMap(({ node }) => node.entityRef ?? []),
    ),
  };
}

/** Services of the fleet with the most divergent dependencies first. Hidden neighbours are counted. */
export function fleetDivergence(
  view: GraphView,
  query: FleetPageQuery,
): FleetDivergenceResponse {
  const services = view
    .visibleNodes()
    .filter(({ node }) => node.entity?.optedIn)
    .map(({ index, node }) => {
      const { undeclared, unseen, agreeing } = compare(view, index);
      return {
        entityRef: node.id,
        title: node.name,
        owner: node.entity?.owner ?? null,
        undeclared: undeclared.length,
        unseen: unseen.length,
        agreeing,
      };
    });
  const total = (field: 'undeclared' | 'unseen' | 'agreeing') =>
    services.reduce((sum, service) => sum + service[field], 0);
  return {
    ...pageOf(
      'divergence',
      services.filter(
        ({ undeclared, unseen, title, entityRef }) =>
          undeclared + unseen > 0 && matches(query.text, [title, entityRef]),
      ),
      ({ undeclared, unseen, entityRef }) =>
        `${largestFirst(undeclared + unseen)} ${entityRef}`,
      query,
    ),
    totals: {
      undeclared: total('undeclared'),
      unseen: total('unseen'),
      agreeing: total('agreeing'),
    },
  };
}

/** Every edge between entities of the catalog that was observed and nobody declared. */
export function observedDependencies(
  view: GraphView,
): ObservedDependenciesResponse {
  const { nodes, edges, indexOf } = view.snapshot;
  const isShown = (id: string) => {
    const index = indexOf.get(id);
    return (
      index !== undefined && nodes[index].inCatalog && view.isVisible(index)
    );
  };
  return {
    items: edges
      .filter(
        ({ source, target, observed, declared, stale }) =>
          observed &&
          !declared &&
          !stale &&
          source !== target &&
          isShown(source) &&
          isShown(target),
      )
      .map(({ source, target, provenance, lastSeenAt }) => ({
        source,
        target,
        origins: provenance.map(({ origin }) => origin),
        lastSeenAt,
      })),
  };
}

function describe(
  { edge, node }: Callee,
  adviceFor: (callee: { node: GraphNode; kind: string }) => string,
): DivergentDependency {
  return {
    target: node.id,
    name: node.name,
    entityRef: node.entityRef,
    edge,
    advice: adviceFor({ node, kind: edge.kind }),
  };
}

/** What to do about callees whose names identify no service. */
const FOLDED_ADVICE: Record<FoldedKind, string> = {
  address:
    'Addresses change, so they are counted together and joined to no service. Let the caller name its peer: call it by its host name, or set peer.service in its client spans.',
  placeholder:
    'Programs without a name write them, such as unknown_service, so they are counted together and joined to no service. Set OTEL_SERVICE_NAME, or service.name, of what is called.',
  personal:
    'They look like personal data or secrets, such as e-mail addresses or tokens, so they are counted and not kept. Remove them from the labels of the metrics.',
};

function undeclaredAdvice(
  { node }: { node: GraphNode },
  view: GraphView,
): string {
  if (node.folded) {
    return `Calls to ${node.name} were seen. ${FOLDED_ADVICE[node.folded.kind]}`;
  }
  const claimants = node.claimants.filter(ref => view.mayRead(ref));
  if (claimants.length > 0) {
    return `Calls to '${node.name}' were seen. That is the name of ${joinWords(claimants)}${
      claimants.length === 1 ? ', and not of it alone' : ''
    }, and nothing says which is meant. Write the name with its namespace in the annotation slo-recommender.io/telemetry-name of each, or give each a name of its own in telemetry.`;
  }
  if (node.entityRef === null) {
    return `Calls to '${node.name}' were seen, and the catalog has no entity of that name. Add one, or put the name into the annotation slo-recommender.io/telemetry-name of the entity that it is.`;
  }
  if (!node.inCatalog) {
    return `Calls to ${node.entityRef} were seen, and the catalog does not hold it. Add the entity, then declare the dependency.`;
  }
  const optIn =
    node.entity?.optedIn === false
      ? ` ${node.entityRef} is not opted in: set ${ENABLED_ANNOTATION}: 'true' on it to have its objectives too.`
      : '';
  return `Calls to ${node.name} were seen, and the catalog does not say so. Declare the dependency, or find out why it is called.${optIn}`;
}

function unseenAdvice({
  node,
  kind,
}: {
  node: GraphNode;
  kind: string;
}): string {
  const why =
    kind === 'async'
      ? 'Messages may not be traced: instrument the producer and the consumer.'
      : 'It may be called seldom, or without being traced.';
  return `The catalog declares ${node.name}, and no calls to it were seen although others were. ${why} If it is not called any more, take it out of the catalog.`;
}
