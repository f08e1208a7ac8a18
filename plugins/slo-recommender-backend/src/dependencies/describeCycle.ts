import { parseEntityRef } from '@backstage/catalog-model';
import type {
  Cycle,
  CycleCall,
  CycleMember,
  CyclesQuery,
  CyclesResponse,
} from 'backstage-plugin-slo-recommender-common';
import type { CurrentCycle } from './Cycles';
import { isUndeclared, undeclaredName } from './identity/identifyNames';
import { cycleAdvice } from './cycleAdvice';
import type { GraphView } from './GraphView';
import { matches, pageOf } from './paging';
import type { Readable } from './visibleNodes';

const STATES = ['open', 'acknowledged', 'resolved'];

/** A cycle as the reader may see it; undefined where the reader may see none of its members. */
export function describeCycle(
  cycle: CurrentCycle,
  view: GraphView,
  readable: Readable,
): Cycle | undefined {
  // members of a cycle that is gone may be gone as well
  const isVisible = (id: string) =>
    view.isVisibleId(id) || !readable || readable.has(id);
  const members = cycle.members.filter(isVisible).map(id => member(id, view));
  if (members.length === 0) return undefined;
  const calls = callsOf(cycle, view);
  const nameOf = (id: string) => members.find(one => one.id === id)?.name ?? id;
  return {
    id: cycle.id,
    state: cycle.state,
    members,
    hiddenMembers: cycle.members.length - members.length,
    calls,
    advice: cycle.present ? cycleAdvice(calls, nameOf) : [],
    detectedAt: cycle.detectedAt,
    resolvedAt: cycle.resolvedAt,
    acknowledgement: cycle.acknowledgement,
  };
}

/** Open cycles first, the newest of each state first. */
export function cyclePage(cycles: Cycle[], query: CyclesQuery): CyclesResponse {
  const newestFirst = (instant: string) =>
    String(1e14 - Date.parse(instant)).padStart(15, '0');
  return pageOf(
    'cycles',
    cycles.filter(
      ({ state, members }) =>
        (query.state === undefined || state === query.state) &&
        matches(
          query.text,
          members.flatMap(({ id, name }) => [id, name]),
        ),
    ),
    ({ state, detectedAt, id }) =>
      `${STATES.indexOf(state)} ${newestFirst(detectedAt)} ${id}`,
    query,
  );
}

function member(id: string, { snapshot }: GraphView): CycleMember {
  const node = snapshot.nodes[snapshot.indexOf.get(id) ?? -1];
  if (node) {
    const { entityRef, name, entity } = node;
    return { id, entityRef, name, owner: entity?.owner ?? null };
  }
  return isUndeclared(id)
    ? { id, entityRef: null, name: undeclaredName(id), owner: null }
    : { id, entityRef: id, name: parseEntityRef(id).name, owner: null };
}

function callsOf({ present }: CurrentCycle, view: GraphView): CycleCall[] {
  return (present?.edges ?? [])
    .map(index => view.snapshot.edges[index])
    .filter(
      ({ source, target }) =>
        view.isVisibleId(source) && view.isVisibleId(target),
    )
    .map(edge => ({
      source: edge.source,
      target: edge.target,
      kind: edge.kind,
      strength: edge.strength,
      declared: edge.declared,
      observed: edge.observed,
      callsPerSecond: edge.callsPerSecond,
      failureRatio: edge.failureRatio,
    }));
}
