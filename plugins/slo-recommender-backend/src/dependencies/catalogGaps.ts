import type {
  DanglingReferencesResponse,
  FleetPageQuery,
  UndeclaredService,
  UndeclaredServicesResponse,
} from 'backstage-plugin-slo-recommender-common';
import { undeclaredName } from './identity/identifyNames';
import type { DanglingReference } from '../catalog';
import type { FoldedKind } from '../telemetry';
import { entityLines } from './catalogLines';
import type { GraphNode } from './graph/GraphSnapshot';
import type { GraphView, Readable } from './GraphView';
import { largestFirst, matches, pageOf } from './paging';

/** Names that telemetry or a report knows and the catalog does not, those with the most callers first. */
export function undeclaredServices(
  view: GraphView,
  query: FleetPageQuery,
): UndeclaredServicesResponse {
  const { fanIn, whole } = view.snapshot;
  // what only stale edges lead to is gone; what has no edges at all comes from a report
  const isThere = (index: number) =>
    view.callers(index).length > 0 ||
    view.callees(index).length > 0 ||
    !(
      whole.outOffsets[index] < whole.outOffsets[index + 1] ||
      whole.inOffsets[index] < whole.inOffsets[index + 1]
    );
  const unknown = view
    .visibleNodes()
    .filter(({ node, index }) => node.entityRef === null && isThere(index));
  const services = unknown.filter(
    ({ node }) =>
      node.folded === null &&
      matches(query.text, [node.name, ...node.aliases.map(({ name }) => name)]),
  );
  const folded = countFolded(unknown.map(({ node }) => node));
  const page = pageOf(
    'undeclared-services',
    services,
    ({ node, index }) => `${largestFirst(fanIn[index])} ${node.id}`,
    query,
  );
  return {
    ...page,
    items: page.items.map(({ index }) => describe(view, index)),
    ...(folded ? { folded } : {}),
  };
}

/** Names that identify no service: one that two services call counts twice, for it was not kept. */
function countFolded(nodes: GraphNode[]): UndeclaredServicesResponse['folded'] {
  const sumOf = (kind: FoldedKind) =>
    nodes.reduce(
      (sum, { folded }) => (folded?.kind === kind ? sum + folded.names : sum),
      0,
    );
  return nodes.some(({ folded }) => folded)
    ? {
        addresses: sumOf('address'),
        placeholders: sumOf('placeholder'),
        withheld: sumOf('personal'),
      }
    : undefined;
}

function describe(view: GraphView, index: number): UndeclaredService {
  const node = view.snapshot.nodes[index];
  const callers = view.callers(index);
  const visible = callers.filter(caller => view.isVisible(caller.index));
  const edges = [...callers, ...view.callees(index)].map(({ edge }) => edge);
  const claimants = node.claimants.filter(ref => view.mayRead(ref));
  const rates = callers.flatMap(({ edge }) => edge.callsPerSecond ?? []);
  return {
    id: node.id,
    name: node.name,
    type: node.type,
    callers: visible.map(caller => ({
      id: caller.node.id,
      name: caller.node.name,
    })),
    hiddenCallers: callers.length - visible.length,
    callsPerSecond: rates.length
      ? rates.reduce((sum, rate) => sum + rate, 0)
      : null,
    firstSeenAt:
      edges
        .flatMap(({ firstSeenAt }) => firstSeenAt ?? [])
        .sort()
        .at(0) ?? null,
    lastSeenAt:
      edges
        .flatMap(({ lastSeenAt }) => lastSeenAt ?? [])
        .sort()
        .at(-1) ?? null,
    ...(claimants.length > 0 ? { claimants } : {}),
    catalogLines: entityLines({
      name: undeclaredName(node.id),
      type: node.type,
    }),
  };
}

/**
 * What the catalog refers to and does not hold, each once, if the reader may see one of those who refer to it. They need
 * not be nodes of the graph: an API stands for the services that provide it.
 */
export function danglingReferences(
  references: DanglingReference[],
  readable: Readable,
  query: FleetPageQuery,
): DanglingReferencesResponse {
  const byTarget = new Map<string, DanglingReference[]>();
  for (const reference of references) {
    const known = byTarget.get(reference.targetRef);
    if (known) known.push(reference);
    else byTarget.set(reference.targetRef, [reference]);
  }
  const items = [...byTarget].map(([targetRef, all]) => {
    const visible = all.filter(
      ({ entityRef }) => !readable || readable.has(entityRef),
    );
    return {
      targetRef,
      referencedBy: visible.map(({ entityRef, relation }) => ({
        entityRef,
        relation,
      })),
      hiddenReferences: all.length - visible.length,
    };
  });
  return pageOf(
    'dangling-references',
    items.filter(
      ({ targetRef, referencedBy }) =>
        referencedBy.length > 0 &&
        matches(query.text, [
          targetRef,
          ...referencedBy.map(({ entityRef }) => entityRef),
        ]),
    ),
    ({ targetRef }) => targetRef,
    query,
  );
}
