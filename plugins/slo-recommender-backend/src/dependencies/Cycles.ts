import type {
  Acknowledgement,
  CycleStore,
  StoredCycle,
} from './store/CycleStore';
import type { Graph } from './graph/Graph';
import type { GraphCycle, GraphSnapshot } from './graph/GraphSnapshot';

/** A cycle as it is now: what was noted of it, brought up to date by the graph. */
export interface CurrentCycle extends StoredCycle {
  state: 'open' | 'acknowledged' | 'resolved';
  /** Undefined if the calls no longer form it. */
  present: GraphCycle | undefined;
}

/** Cycles of calls from when they are first seen to when they are gone. */
export class Cycles {
  readonly #graph: Graph;
  readonly #store: CycleStore;
  readonly #now: () => Date;

  constructor(options: { graph: Graph; store: CycleStore; now: () => Date }) {
    this.#graph = options.graph;
    this.#store = options.store;
    this.#now = options.now;
  }

  /** Notes which cycles came and went. To be called after what the graph is made of has changed. */
  async note(): Promise<void> {
    const snapshot = await this.#graph.current();
    await this.#store.update(
      [...snapshot.cycles.values()].map(cycle => ({
        id: cycle.id,
        members: memberIds(snapshot, cycle),
      })),
      this.#now(),
    );
  }

  /** Every cycle that is in the graph or was noted before. */
  async list(snapshot: GraphSnapshot): Promise<CurrentCycle[]> {
    const noted = await this.#store.list();
    const ids = new Set(noted.map(({ id }) => id));
    const unnoted = [...snapshot.cycles.values()].filter(
      ({ id }) => !ids.has(id),
    );
    return [
      ...noted.map(cycle => bringUpToDate(cycle, snapshot)),
      ...unnoted.map((cycle): CurrentCycle => ({
        id: cycle.id,
        members: memberIds(snapshot, cycle),
        detectedAt: snapshot.changedAt,
        resolvedAt: null,
        acknowledgement: null,
        state: 'open',
        present: cycle,
      })),
    ];
  }

  /** @param acknowledgement - null takes it back. */
  async acknowledge(
    id: string,
    acknowledgement: Acknowledgement | null,
  ): Promise<void> {
    await this.note();
    await this.#store.acknowledge(id, acknowledgement);
  }
}

function memberIds(
  { nodes }: GraphSnapshot,
  { members }: GraphCycle,
): string[] {
  return members.map(member => nodes[member].id);
}

function bringUpToDate(
  noted: StoredCycle,
  { cycles, changedAt }: GraphSnapshot,
): CurrentCycle {
  const present = cycles.get(noted.id);
  if (!present) {
    return {
      ...noted,
      resolvedAt: noted.resolvedAt ?? changedAt,
      state: 'resolved',
      present,
    };
  }
  if (noted.resolvedAt !== null) {
    return {
      ...noted,
      detectedAt: changedAt,
      resolvedAt: null,
      acknowledgement: null,
      state: 'open',
      present,
    };
  }
  return {
    ...noted,
    state: noted.acknowledgement ? 'acknowledged' : 'open',
    present,
  };
}
