import type { AuthService } from '@backstage/backend-plugin-api';
import {
  CATALOG_FILTER_EXISTS,
  type EntityFilterQuery,
} from '@backstage/catalog-client';
import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  ENABLED_ANNOTATION,
  type OptInMode,
  TELEMETRY_NAME_ANNOTATION,
} from 'backstage-plugin-slo-recommender-common';
import { inBatches } from '../kernel/database/database';
import {
  ENTITY_FIELDS,
  IDENTITY_FIELDS,
  type ReadEntity,
  readEntity,
} from './readEntity';

const PAGE_SIZE = 500;
const NAMES_PER_REQUEST = 200;

/** Kinds of entities that can have a name in telemetry. */
const NAMED_KINDS = ['component', 'resource', 'api'];

/** Reads the catalog with the plugin's own credentials. */
export class CatalogReader {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #optIn: OptInMode;

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    optIn: OptInMode;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#optIn = options.optIn;
  }

  /** Opted-in entities by their reference. */
  async readServices(): Promise<Map<string, ReadEntity>> {
    const annotated = {
      [`metadata.annotations.${ENABLED_ANNOTATION}`]: CATALOG_FILTER_EXISTS,
    };
    const filter: EntityFilterQuery =
      this.#optIn === 'all' ? [{ kind: 'component' }, annotated] : annotated;
    const services = new Map<string, ReadEntity>();
    const pages = this.#catalog.streamEntities(
      { filter, fields: ENTITY_FIELDS, pageSize: PAGE_SIZE },
      await this.#credentials(),
    );
    for await (const page of pages) {
      for (const source of page) {
        const read = readEntity(source, this.#optIn);
        if (read.entity.optedIn) services.set(read.entity.entityRef, read);
      }
    }
    return services;
  }

  /**
   * Entities that have a name, or another one in telemetry by annotation.
   *
   * @param names - in lower case.
   */
  async *readNamed(names: string[]): AsyncGenerator<ReadEntity> {
    const filters: EntityFilterQuery[] = [
      {
        kind: NAMED_KINDS,
        [`metadata.annotations.${TELEMETRY_NAME_ANNOTATION}`]:
          CATALOG_FILTER_EXISTS,
      },
      ...inBatches(names, NAMES_PER_REQUEST).map(batch => ({
        kind: NAMED_KINDS,
        'metadata.name': batch,
      })),
    ];
    for (const filter of filters) {
      const pages = this.#catalog.streamEntities(
        { filter, fields: ENTITY_FIELDS, pageSize: PAGE_SIZE },
        await this.#credentials(),
      );
      for await (const page of pages) {
        for (const source of page) yield readEntity(source, this.#optIn);
      }
    }
  }

  /** Those that the catalog holds, by their reference. */
  async readEntities(
    entityRefs: Iterable<string>,
  ): Promise<Map<string, ReadEntity>> {
    const found = new Map<string, ReadEntity>();
    for (const source of await this.#fetch(entityRefs, ENTITY_FIELDS)) {
      const read = readEntity(source, this.#optIn);
      found.set(read.entity.entityRef, read);
    }
    return found;
  }

  /** Which of them the catalog holds. A group or system may have thousands of relations: they are not asked for. */
  async existing(entityRefs: Iterable<string>): Promise<Set<string>> {
    const found = await this.#fetch(entityRefs, IDENTITY_FIELDS);
    return new Set(found.map(stringifyEntityRef));
  }

  async #fetch(
    entityRefs: Iterable<string>,
    fields: string[],
  ): Promise<Entity[]> {
    const fetched: Entity[] = [];
    for (const batch of inBatches([...entityRefs], PAGE_SIZE)) {
      const { items } = await this.#catalog.getEntitiesByRefs(
        { entityRefs: batch, fields },
        await this.#credentials(),
      );
      for (const item of items) if (item) fetched.push(item);
    }
    return fetched;
  }

  async #credentials() {
    return { credentials: await this.#auth.getOwnServiceCredentials() };
  }
}
