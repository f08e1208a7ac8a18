import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  type Cycle,
  type CycleCall,
  type CycleMember,
  type CyclesQuery,
  type CyclesResponse,
  formatCallRate,
  formatFailureRatio,
} from 'backstage-plugin-slo-recommender-common';
import type { CurrentCycle, Cycles } from './Cycles';
import type { GraphView } from './GraphView';
import { isUndeclared, undeclaredName } from './identity/identifyNames';
import { matches, pageOf } from './paging';

const STATES = ['open', 'acknowledged', 'resolved'];

/** Share of failed calls from which on a call is to be repaired before anything else. */
const FAILING = 0.01;

export interface CyclesServiceOptions {
  cycles: Cycles;
  viewFor: (credentials: BackstageCredentials) => Promise<GraphView>;
  now: () => Date;
}

/** Cycles as each caller may see them. */
export class CyclesService {
  readonly #options: CyclesServiceOptions;

  constructor(options: CyclesServiceOptions) {
    this.#options = options;
  }

  async list(
    query: CyclesQuery,
    credentials: BackstageCredentials,
  ): Promise<CyclesResponse> {
    return cyclePage(await this.#visibleCycles(credentials), query);
  }

  /** @throws NotFoundError if there is none, or the caller may see none of its members. */
  async get(id: string, credentials: BackstageCredentials): Promise<Cycle> {
    const cycles = await this.#visibleCycles(credentials);
    const cycle = cycles.find(one => one.id === id);
    if (!cycle) {
      throw new NotFoundError(
        `No cycle ${JSON.stringify(
          id,
        )} here. The list of cycles has those that are, and those that were.`,
      );
    }
    return cycle;
  }

  /** @throws ConflictError for a cycle that is resolved. */
  async acknowledge(
    id: string,
    { acknowledged, reason }: { acknowledged: boolean; reason: string },
    {
      credentials,
      caller,
    }: { credentials: BackstageCredentials; caller: string },
  ): Promise<Cycle> {
    const cycle = await this.get(id, credentials);
    if (cycle.state === 'resolved') {
      throw new ConflictError(
        `Cycle '${id}' is resolved: its calls do not form it any more. There is nothing to acknowledge.`,
      );
    }
    await this.#options.cycles.acknowledge(
      id,
      acknowledged
        ? {
            by: caller,
            at: this.#options.now().toISOString(),
            reason,
          }
        : null,
    );
    return this.get(id, credentials);
  }

  async #visibleCycles(credentials: BackstageCredentials): Promise<Cycle[]> {
    const { cycles, viewFor } = this.#options;
    const view = await viewFor(credentials);
    const current = await cycles.list(view.snapshot);
    return current.flatMap(cycle => describeCycle(cycle, view) ?? []);
  }
}

/** A cycle as the reader may see it; undefined if the reader may see none of its members. */
function describeCycle(
  cycle: CurrentCycle,
  view: GraphView,
): Cycle | undefined {
  // members of a cycle that is gone may be gone as well
  const isVisible = (id: string) => view.isVisibleId(id) || view.mayRead(id);
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
function cyclePage(cycles: Cycle[], query: CyclesQuery): CyclesResponse {
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

/**
 * What to change so that services call each other in a circle no more, or so that it does no harm, the least invasive
 * first. Drawn from the calls given alone.
 *
 * @param nameOf - name of a node by its id.
 */
function cycleAdvice(
  calls: CycleCall[],
  nameOf: (id: string) => string,
): string[] {
  const between = ({ source, target }: CycleCall) =>
    `${nameOf(source)} → ${nameOf(target)}`;
  const observed = calls.filter(call => call.observed);
  const advice: string[] = [];

  for (const call of calls) {
    if (call.observed || observed.length === 0) continue;
    advice.push(
      `${between(
        call,
      )} is declared, and no calls were seen. If it is not called any more, take it out of the catalog.`,
    );
  }
  for (const call of calls.filter(({ strength }) => strength === 'soft')) {
    advice.push(
      `${between(call)} is soft: ${nameOf(
        call.source,
      )} can do without the answer. Make the call asynchronous, through a queue or topic.`,
    );
  }
  for (const call of observed) {
    if (call.failureRatio === null || call.failureRatio < FAILING) continue;
    advice.push(
      `${between(call)} fails in ${formatFailureRatio(call.failureRatio)} of calls. Until the cycle is broken, give it a timeout and a fallback, and retry at one place only: retries go round with the calls.`,
    );
  }
  const [least] = observed
    .filter(({ strength }) => strength === 'hard')
    .sort(
      (a, b) => (a.callsPerSecond ?? Infinity) - (b.callsPerSecond ?? Infinity),
    );
  if (least) {
    const rate =
      least.callsPerSecond === null
        ? ''
        : `, the least called of them at ${formatCallRate(least.callsPerSecond)}`;
    advice.push(
      `Break the cycle at ${between(
        least,
      )}${rate}: keep what is read in a cache, pass it along with the request that comes the other way, or put what is written on a queue.`,
    );
  }
  advice.push(
    'Where each needs the other to answer, move what they share into a service that both call.',
  );
  return advice;
}
