import type { Knex } from 'knex';
import { readGraphVersion } from '../store/graphVersion';
import {
  buildSnapshot,
  type GraphFacts,
  type SnapshotSettings,
} from './buildSnapshot';
import type { GraphSnapshot, NodeFigures } from './GraphSnapshot';
import { EntityStore } from '../../catalog';
import { readConsistently } from '../../kernel/database/database';
import { DependencyStore } from '../store/DependencyStore';

export interface GraphOptions {
  database: Knex;
  settings: SnapshotSettings;
  /** Reads what the current results say of services. */
  readFigures(tx: Knex): Promise<NodeFigures[]>;
}

/** The dependency graph in memory: built once for each version of what it is made of, by each replica for itself. */
export class Graph {
  readonly #options: GraphOptions;
  #snapshot: GraphSnapshot | undefined;
  #building: Promise<GraphSnapshot> | undefined;

  constructor(options: GraphOptions) {
    this.#options = options;
  }

  /** The graph as it was built last; undefined before that. */
  get latest(): GraphSnapshot | undefined {
    return this.#snapshot;
  }

  /** The graph as it is now. Callers that come while it is built wait for the same one, if it is not outdated by then. */
  async current(): Promise<GraphSnapshot> {
    const { version } = await readGraphVersion(this.#options.database);
    if (this.#snapshot?.version === version) return this.#snapshot;
    const built = await (this.#building ??= this.#build());
    return built.version >= version ? built : this.current();
  }

  async #build(): Promise<GraphSnapshot> {
    try {
      const facts = await this.#readFacts();
      this.#snapshot = await buildSnapshot(facts, this.#options.settings);
      return this.#snapshot;
    } finally {
      this.#building = undefined;
    }
  }

  #readFacts(): Promise<GraphFacts> {
    const { database, readFigures } = this.#options;
    return readConsistently(database, async tx => {
      const dependencies = new DependencyStore(tx);
      const entities = new EntityStore(tx);
      const dangling = await entities.listDanglingReferences();
      return {
        ...(await readGraphVersion(tx)),
        entities: await entities.getAll(),
        others: await entities.getOthers(),
        danglingRefs: new Set(dangling.map(({ targetRef }) => targetRef)),
        edges: await dependencies.listEdges(),
        nodes: await dependencies.listNodes(),
        results: await readFigures(tx),
      };
    });
  }
}
