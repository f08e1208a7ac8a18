import type { Knex } from 'knex';
import { readGraphVersion } from '../store/graphVersion';
import { buildSnapshot, type SnapshotSettings } from './buildSnapshot';
import type { GraphSnapshot } from './GraphSnapshot';
import { readGraphFacts } from './readGraphFacts';

/** The dependency graph in memory: built once for each version of what it is made of, by each replica for itself. */
export class Graph {
  readonly #database: Knex;
  readonly #settings: SnapshotSettings;
  #snapshot: GraphSnapshot | undefined;
  #building: Promise<GraphSnapshot> | undefined;

  constructor(database: Knex, settings: SnapshotSettings) {
    this.#database = database;
    this.#settings = settings;
  }

  /** The graph as it is now. Callers that come while it is built wait for the same one, if it is not outdated by then. */
  async current(): Promise<GraphSnapshot> {
    const { version } = await readGraphVersion(this.#database);
    if (this.#snapshot?.version === version) return this.#snapshot;
    const built = await (this.#building ??= this.#build());
    return built.version >= version ? built : this.current();
  }

  async #build(): Promise<GraphSnapshot> {
    try {
      const facts = await readGraphFacts(this.#database);
      this.#snapshot = await buildSnapshot(facts, this.#settings);
      return this.#snapshot;
    } finally {
      this.#building = undefined;
    }
  }
}
