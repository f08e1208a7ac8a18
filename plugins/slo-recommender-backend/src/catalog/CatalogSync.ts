import { setTimeout } from 'timers/promises';
import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import {
  CATALOG_FILTER_EXISTS,
  type EntityFilterQuery,
} from '@backstage/catalog-client';
import { type Entity, RELATION_PROVIDES_API } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  ENABLED_ANNOTATION,
  type OptInMode,
} from 'backstage-plugin-slo-recommender-common';
import type { Knex } from 'knex';
import {
  CATALOG_ORIGIN,
  type CatalogEntity,
  type Dependency,
  type DependencyKind,
  type DependencyStore,
  type EntityStore,
  inBatches,
} from '../store';
import {
  danglingEntity,
  declaredRelations,
  ENTITY_FIELDS,
  type ReadEntity,
  readEntity,
} from './readEntity';

const PAGE_SIZE = 500;

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
  dependencies: DependencyStore;
  optIn: OptInMode;
  now: () => Date;
}

/** Copies opted-in entities, their declared dependencies and their neighbours from the catalog. */
export class CatalogSync {
  readonly #options: CatalogSyncOptions;
  readonly #startedAt: number;

  constructor(options: CatalogSyncOptions) {
    this.#options = options;
    this.#startedAt = options.now().getTime();
  }

  /** One pass. Returns the services, in order of their entity reference. */
  async run(): Promise<CatalogEntity[]> {
    const services = await this.#readServices();
    const { dependencies, neighbourRefs } = await this.#declared(services);
    const neighbours = await this.#readNeighbours(neighbourRefs);
    const entities = [
      ...[...services.values()].map(({ entity }) => entity),
      ...neighbours,
    ];
    await this.#options.database.transaction(async tx => {
      // held until the commit: two replicas that write at once take turns
      await tx('leases')
        .insert({ name: 'catalog', holder: '', ticket: 0, expires_at: '' })
        .onConflict('name')
        .merge(['holder']);
      await this.#options.entities.replaceAll(entities, tx);
      await this.#options.dependencies.replaceOrigin(
        CATALOG_ORIGIN,
        dependencies,
        tx,
      );
    });
    this.#options.logger.debug(
      `Catalog read: ${services.size} services, ${neighbours.length} neighbours, ${dependencies.length} declared dependencies`,
    );
    return [...services.values()]
      .map(({ entity }) => entity)
      .sort((a, b) => (a.entityRef < b.entityRef ? -1 : 1));
  }

  /**
   * One pass, or several while the portal starts up: the catalog of a fresh portal fills by and by, and an analysis of
   * the first few services would not be one of the fleet.
   */
  async runUntilSettled(signal: AbortSignal): Promise<CatalogEntity[]> {
    const { now } = this.#options;
    const deadline = now().getTime() + SETTLING_LIMIT_MS;
    let services = await this.run();
    while (
      now().getTime() < this.#startedAt + STARTING_UP_MS &&
      now().getTime() < deadline
    ) {
      await setTimeout(SETTLING_PAUSE_MS, undefined, { signal });
      const before = services.map(({ entityRef }) => entityRef).join();
      services = await this.run();
      const after = services.map(({ entityRef }) => entityRef).join();
      if (after && after === before) break;
    }
    return services;
  }

  async #readServices(): Promise<Map<string, ReadEntity>> {
    const annotated = {
      [`metadata.annotations.${ENABLED_ANNOTATION}`]: CATALOG_FILTER_EXISTS,
    };
    const filter: EntityFilterQuery =
      this.#options.optIn === 'all'
        ? [{ kind: 'component' }, annotated]
        : annotated;
    const services = new Map<string, ReadEntity>();
    const pages = this.#options.catalog.streamEntities(
      { filter, fields: ENTITY_FIELDS, pageSize: PAGE_SIZE },
      await this.#credentials(),
    );
    for await (const page of pages) {
      for (const source of page) {
        const read = readEntity(source, this.#options.optIn);
        if (read.entity.optedIn) services.set(read.entity.entityRef, read);
      }
    }
    return services;
  }

  /** Edges from caller to callee. An API stands for the components that provide it, or for itself where there are none. */
  async #declared(services: Map<string, ReadEntity>) {
    const apiRefs = new Set<string>();
    for (const { related } of services.values()) {
      related(declaredRelations.consumedApis).forEach(ref => apiRefs.add(ref));
      related(RELATION_PROVIDES_API).forEach(ref => apiRefs.add(ref));
    }
    const apis = new Map<string, ReadEntity>();
    for (const api of await this.#fetch([...apiRefs])) {
      const read = readEntity(api, this.#options.optIn);
      apis.set(read.entity.entityRef, read);
    }

    const edges = new Map<string, Dependency>();
    const add = (sourceId: string, targetId: string) => {
      const key = `${sourceId}>${targetId}`;
      if (edges.has(key)) return;
      edges.set(key, {
        sourceId,
        targetId,
        kind: declaredKind(services.get(sourceId), targetId),
        calls: null,
        failedCalls: null,
        seconds: null,
        firstSeenAt: null,
        lastSeenAt: null,
      });
    };
    for (const { entity, related } of services.values()) {
      const ref = entity.entityRef;
      related(declaredRelations.callees).forEach(callee => add(ref, callee));
      related(declaredRelations.callers).forEach(caller => add(caller, ref));
      for (const apiRef of related(declaredRelations.consumedApis)) {
        const providers =
          apis.get(apiRef)?.related(declaredRelations.apiProviders) ?? [];
        (providers.length ? providers : [apiRef]).forEach(provider =>
          add(ref, provider),
        );
      }
      for (const apiRef of related(RELATION_PROVIDES_API)) {
        apis
          .get(apiRef)
          ?.related(declaredRelations.apiConsumers)
          .forEach(consumer => add(consumer, ref));
      }
    }
    const dependencies = [...edges.values()].sort((a, b) =>
      `${a.sourceId}>${a.targetId}` < `${b.sourceId}>${b.targetId}` ? -1 : 1,
    );
    const neighbourRefs = new Set(
      dependencies.flatMap(({ sourceId, targetId }) => [sourceId, targetId]),
    );
    services.forEach((_, ref) => neighbourRefs.delete(ref));
    return { dependencies, neighbourRefs: [...neighbourRefs].sort() };
  }

  async #readNeighbours(entityRefs: string[]): Promise<CatalogEntity[]> {
    const found = new Map<string, CatalogEntity>();
    for (const source of await this.#fetch(entityRefs)) {
      const { entity } = readEntity(source, this.#options.optIn);
      found.set(entity.entityRef, { ...entity, optedIn: false });
    }
    return entityRefs.map(ref => found.get(ref) ?? danglingEntity(ref));
  }

  async #fetch(entityRefs: string[]): Promise<Entity[]> {
    const fetched: Entity[] = [];
    for (const batch of inBatches(entityRefs, PAGE_SIZE)) {
      const { items } = await this.#options.catalog.getEntitiesByRefs(
        { entityRefs: batch, fields: ENTITY_FIELDS },
        await this.#credentials(),
      );
      for (const item of items) if (item) fetched.push(item);
    }
    return fetched;
  }

  async #credentials() {
    return { credentials: await this.#options.auth.getOwnServiceCredentials() };
  }
}

function declaredKind(
  caller: ReadEntity | undefined,
  calleeRef: string,
): DependencyKind {
  if (caller?.annotations.asyncDependencies.includes(calleeRef)) return 'async';
  if (caller?.annotations.softDependencies.includes(calleeRef)) return 'soft';
  return 'hard';
}
