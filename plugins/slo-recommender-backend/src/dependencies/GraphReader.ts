import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError } from '@backstage/errors';
import type {
  AliasCandidatesResponse,
  Cycle,
  CyclesQuery,
  CyclesResponse,
  DanglingReferencesResponse,
  FleetDivergenceResponse,
  FleetPageQuery,
  ObservedDependenciesResponse,
  UndeclaredServicesResponse,
} from 'backstage-plugin-slo-recommender-common';
import type { Cycles } from './Cycles';
import type { Graph } from './graph/Graph';
import type { EntityStore } from '../store';
import { AliasCandidates } from './AliasCandidates';
import { cyclePage, describeCycle } from './describeCycle';
import { danglingReferences } from './danglingReferences';
import { fleetDivergence } from './divergence';
import { GraphView } from './GraphView';
import { observedDependencies } from './observedDependencies';
import { undeclaredServices } from './undeclaredServices';
import type { Visibility } from '../read/Visibility';
import type { Readable } from './visibleNodes';

export interface GraphReaderOptions {
  graph: Graph;
  cycles: Cycles;
  entities: EntityStore;
  visibility: Visibility;
  now: () => Date;
}

/** The graph of the fleet behind a door that shows each caller only what that caller may see. */
export class GraphReader {
  readonly #options: GraphReaderOptions;
  readonly #aliasCandidates = new AliasCandidates();

  constructor(options: GraphReaderOptions) {
    this.#options = options;
  }

  async listDivergence(
    query: FleetPageQuery,
    credentials: BackstageCredentials,
  ): Promise<FleetDivergenceResponse> {
    const { view } = await this.#viewFor(credentials);
    return fleetDivergence(view, query);
  }

  async listUndeclaredServices(
    query: FleetPageQuery,
    credentials: BackstageCredentials,
  ): Promise<UndeclaredServicesResponse> {
    const { view } = await this.#viewFor(credentials);
    return undeclaredServices(view, query);
  }

  async listAliasCandidates(
    query: FleetPageQuery,
    credentials: BackstageCredentials,
  ): Promise<AliasCandidatesResponse> {
    const { view } = await this.#viewFor(credentials);
    return this.#aliasCandidates.list(view, query);
  }

  async listDanglingReferences(
    query: FleetPageQuery,
    credentials: BackstageCredentials,
  ): Promise<DanglingReferencesResponse> {
    const references = await this.#options.entities.listDanglingReferences();
    // those who refer need not be nodes of the graph: an API stands for the services that provide it
    const visible = await this.#options.visibility.all(credentials);
    return danglingReferences(
      references,
      entityRef => !visible || visible.entityRefs.has(entityRef),
      query,
    );
  }

  async listObservedDependencies(
    credentials: BackstageCredentials,
  ): Promise<ObservedDependenciesResponse> {
    const { view } = await this.#viewFor(credentials);
    return observedDependencies(view);
  }

  async listCycles(
    query: CyclesQuery,
    credentials: BackstageCredentials,
  ): Promise<CyclesResponse> {
    return cyclePage(await this.#visibleCycles(credentials), query);
  }

  /** @throws NotFoundError where there is none, or the caller may see none of its members. */
  async getCycle(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<Cycle> {
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
  async acknowledgeCycle(
    id: string,
    { acknowledged, reason }: { acknowledged: boolean; reason: string },
    {
      credentials,
      caller,
    }: { credentials: BackstageCredentials; caller: string },
  ): Promise<Cycle> {
    const cycle = await this.getCycle(id, credentials);
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
    return this.getCycle(id, credentials);
  }

  async #visibleCycles(credentials: BackstageCredentials): Promise<Cycle[]> {
    const { view, readable } = await this.#viewFor(credentials);
    const cycles = await this.#options.cycles.list(view.snapshot);
    return cycles.flatMap(cycle => describeCycle(cycle, view, readable) ?? []);
  }

  async #viewFor(
    credentials: BackstageCredentials,
  ): Promise<{ view: GraphView; readable: Readable }> {
    const snapshot = await this.#options.graph.current();
    const visible = await this.#options.visibility.all(credentials);
    const readable = visible?.entityRefs;
    return { view: new GraphView(snapshot, readable), readable };
  }
}
