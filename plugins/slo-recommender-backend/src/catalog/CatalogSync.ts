import { setTimeout } from 'timers/promises';
import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { OptInMode } from 'backstage-plugin-slo-recommender-common';
import type { Knex } from 'knex';
import type { CatalogEntity } from '../kernel/CatalogEntity';
import type { DanglingReference, EntityStore } from './EntityStore';
import { lockUntilCommit } from '../kernel/database/database';
import { CatalogReader } from './CatalogReader';
import { describeDangling, references } from './danglingReferences';
import {
  API_RELATIONS,
  type DeclaredDependency,
  declaredDependencies,
  NEIGHBOUR_RELATIONS,
} from './declaredDependencies';
import { danglingEntity, type ReadEntity } from './readEntity';

/** A portal that has just started fills its catalog within this time. */
const STARTING_UP_MS = 60_000;
const SETTLING_PAUSE_MS = 1_000;
const SETTLING_LIMIT_MS = 20_000;

export interface CatalogSyncOptions {
  catalog: CatalogService;
  auth: AuthService;
  logger: LoggerService;
  database: Knex;
  entities: EntityStore;
  dependencies: {
    /** Replaces the declared dependencies that are stored, in the same transaction as the entities. */
    replaceDeclared(
      dependencies: DeclaredDependency[],
      tx: Knex,
    ): Promise<void>;
  };
  optIn: OptInMode;
  now: () => Date;
  /** Called when entities were added or removed. */
  onEntitiesChanged?: () => void;
}

/** What one pass finds. */
interface CatalogContents {
  /** In order of their entity reference. */
  services: CatalogEntity[];
  neighbours: CatalogEntity[];
  dependencies: DeclaredDependency[];
  dangling: DanglingReference[];
}

const refsOf = ({ services }: CatalogContents) =>
  services.map(({ entityRef }) => entityRef).join();

/** Copies opted-in entities, their declared dependencies and their neighbours from the catalog. */
export class CatalogSync {
  readonly #options: CatalogSyncOptions;
  readonly #reader: CatalogReader;
  readonly #startedAt: number;
  readonly #reported = new Set<string>();
  #lastEntities = '';

  constructor(options: CatalogSyncOptions) {
    this.#options = options;
    this.#reader = new CatalogReader(options);
    this.#startedAt = options.now().getTime();
  }

  /** One pass. Returns the services, in order of their entity reference. */
  async run(): Promise<CatalogEntity[]> {
    const { services, dangling } = await this.#copy();
    // while a catalog fills, much is referred to before it is there
    if (!this.#isStartingUp()) this.#report(dangling);
    return services;
  }

  /**
   * One pass, or several while the portal starts up: the catalog of a fresh portal fills by and by, and an analysis of
   * the first few services would not be one of the fleet.
   */
  async runUntilSettled(signal: AbortSignal): Promise<CatalogEntity[]> {
    const deadline = this.#options.now().getTime() + SETTLING_LIMIT_MS;
    let contents = await this.#copy();
    while (this.#isStartingUp() && this.#options.now().getTime() < deadline) {
      await setTimeout(SETTLING_PAUSE_MS, undefined, { signal });
      const before = refsOf(contents);
      contents = await this.#copy();
      const after = refsOf(contents);
      if (after && after === before) break;
    }
    this.#report(contents.dangling);
    return contents.services;
  }

  #isStartingUp(): boolean {
    return this.#options.now().getTime() < this.#startedAt + STARTING_UP_MS;
  }

  async #copy(): Promise<CatalogContents> {
    const contents = await this.#read();
    const { services, neighbours, dependencies, dangling } = contents;
    await this.#options.database.transaction(async tx => {
      // two replicas that write at once take turns
      await lockUntilCommit(tx, 'catalog');
      const { entities } = this.#options;
      await entities.replaceAll([...services, ...neighbours], tx);
      await entities.replaceDanglingReferences(dangling, tx);
      await this.#options.dependencies.replaceDeclared(dependencies, tx);
    });
    const lastEntities = [
      ...[...services, ...neighbours].map(({ entityRef }) => entityRef),
      ...dangling.map(({ targetRef }) => targetRef),
    ].join();
    if (lastEntities !== this.#lastEntities) {
      this.#lastEntities = lastEntities;
      this.#options.onEntitiesChanged?.();
    }
    this.#options.logger.debug(
      `Catalog read: ${services.length} services, ${neighbours.length} neighbours, ${dependencies.length} declared dependencies, ${dangling.length} dangling references`,
    );
    return contents;
  }

  async #read(): Promise<CatalogContents> {
    const services = await this.#reader.readServices();
    const read = new Map(services);
    /** Entity references that the catalog was asked for in vain. */
    const missing = new Set<string>();
    const readRelated = async (from: ReadEntity[], relations: string[]) => {
      const refs = new Set<string>();
      for (const entity of from) {
        for (const relation of relations) {
          for (const ref of entity.relations.get(relation) ?? []) {
            if (!read.has(ref) && !missing.has(ref)) refs.add(ref);
          }
        }
      }
      const found = await this.#reader.readEntities(refs);
      refs.forEach(ref => found.has(ref) || missing.add(ref));
      found.forEach((entity, ref) => read.set(ref, entity));
    };
    await readRelated([...services.values()], NEIGHBOUR_RELATIONS);
    await readRelated([...read.values()], API_RELATIONS);

    const dependencies = declaredDependencies([...services.values()], read);
    const neighbourRefs = new Set(
      dependencies.flatMap(({ sourceRef, targetRef }) => [
        sourceRef,
        targetRef,
      ]),
    );
    return {
      services: [...services.values()]
        .map(({ entity }) => entity)
        .sort((a, b) => (a.entityRef < b.entityRef ? -1 : 1)),
      neighbours: [...neighbourRefs]
        .filter(ref => !services.has(ref))
        .sort()
        .map(ref => {
          const entity = read.get(ref)?.entity ?? danglingEntity(ref);
          return { ...entity, optedIn: false };
        }),
      dependencies,
      dangling: await this.#dangling(read, missing),
    };
  }

  /** References to what the catalog does not hold, owners and systems included. */
  async #dangling(
    read: Map<string, ReadEntity>,
    missing: Set<string>,
  ): Promise<DanglingReference[]> {
    const all = references(read.values());
    const unknown = new Set(
      all
        .map(({ targetRef }) => targetRef)
        .filter(ref => !read.has(ref) && !missing.has(ref)),
    );
    const existing = await this.#reader.existing(unknown);
    return all.filter(
      ({ targetRef }) =>
        missing.has(targetRef) ||
        (unknown.has(targetRef) && !existing.has(targetRef)),
    );
  }

  /** Logs each missing entity once. */
  #report(dangling: DanglingReference[]): void {
    const news = dangling.filter(
      ({ targetRef }) => !this.#reported.has(targetRef),
    );
    news.forEach(({ targetRef }) => this.#reported.add(targetRef));
    describeDangling(news).forEach(message =>
      this.#options.logger.warn(message),
    );
  }
}
