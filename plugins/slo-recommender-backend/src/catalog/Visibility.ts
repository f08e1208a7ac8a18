import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { LRUCache } from 'lru-cache';
import { inBatches } from '../kernel/database/database';
import type { VisibleSetStore } from './VisibleSetStore';

/** Age that an answer about a caller reaches at most: a change of permissions is seen within this time. */
const MAX_AGE_MS = 30_000;
const MAX_CALLERS = 2_000;
/** Size of a cache: references in memory, of all callers together. */
const MAX_SIZE = 500_000;

const REFS_PER_REQUEST = 500;
const FIELDS = ['kind', 'metadata.name', 'metadata.namespace'];

/** Entities that a caller may read. */
export interface VisibleSet {
  /** ID under which the set is stored, to join with in SQL. */
  id: string;
  entityRefs: ReadonlySet<string>;
}

/** No row has this ID. */
const NOTHING: VisibleSet = { id: '', entityRefs: new Set() };

export interface VisibilityOptions {
  catalog: CatalogService;
  permissions: PermissionsService;
  sets: VisibleSetStore;
}

type PerCaller<V extends {}> = LRUCache<string, V, BackstageCredentials>;

/**
 * The entities that a caller may read, by the catalog's own permission. Cached per principal, and never for longer than
 * `MAX_AGE_MS` after the catalog or the permission framework was asked.
 */
export class Visibility {
  readonly #options: VisibilityOptions;
  readonly #decisions: PerCaller<PolicyDecision>;
  readonly #sets: PerCaller<VisibleSet>;

  constructor(options: VisibilityOptions) {
    this.#options = options;
    this.#decisions = cachePerCaller(
      credentials => this.#decide(credentials),
      () => 1,
    );
    this.#sets = cachePerCaller(
      credentials => this.#loadSet(credentials),
      ({ entityRefs }) => entityRefs.size + 1,
    );
  }

  /** All that the caller may read, among the entities that the fleet knows; undefined if that is every entity. */
  async all(
    credentials: BackstageCredentials,
  ): Promise<VisibleSet | undefined> {
    const key = keyOf(credentials);
    const { result } = await this.#decisions.forceFetch(key, {
      context: credentials,
    });
    if (result === AuthorizeResult.ALLOW) return undefined;
    if (result === AuthorizeResult.DENY) return NOTHING;
    return this.#sets.forceFetch(key, { context: credentials });
  }

  /** The readable ones among a few entities, and perhaps others; undefined if the caller may read every entity. */
  async readable(
    entityRefs: string[],
    credentials: BackstageCredentials,
  ): Promise<ReadonlySet<string> | undefined> {
    const key = keyOf(credentials);
    const { result } = await this.#decisions.forceFetch(key, {
      context: credentials,
    });
    if (
      result === AuthorizeResult.CONDITIONAL &&
      entityRefs.length <= REFS_PER_REQUEST &&
      !this.#sets.has(key)
    ) {
      return this.#askCatalog(entityRefs, credentials);
    }
    return (await this.all(credentials))?.entityRefs;
  }

  /** To be called when the fleet knows other entities: sets of before lack the new ones. */
  forgetSets(): void {
    this.#sets.clear();
  }

  /** Whether totals over all services tell the caller nothing of one that is hidden. */
  async seesEveryService(credentials: BackstageCredentials): Promise<boolean> {
    const visible = await this.all(credentials);
    return !visible || !(await this.#options.sets.lacksAnyService(visible.id));
  }

  async #decide(credentials: BackstageCredentials): Promise<PolicyDecision> {
    const [decision] = await this.#options.permissions.authorizeConditional(
      [{ permission: catalogEntityReadPermission }],
      { credentials },
    );
    return decision;
  }

  async #loadSet(credentials: BackstageCredentials): Promise<VisibleSet> {
    const { sets } = this.#options;
    const entityRefs = await this.#askCatalog(
      await sets.listEntityRefs(),
      credentials,
    );
    return { id: await sets.save(entityRefs), entityRefs };
  }

  async #askCatalog(
    entityRefs: string[],
    credentials: BackstageCredentials,
  ): Promise<Set<string>> {
    const readable = new Set<string>();
    for (const batch of inBatches(entityRefs, REFS_PER_REQUEST)) {
      const { items } = await this.#options.catalog.getEntitiesByRefs(
        { entityRefs: batch, fields: FIELDS },
        { credentials },
      );
      for (const item of items) {
        if (item) readable.add(stringifyEntityRef(item));
      }
    }
    return readable;
  }
}

/** All that distinguishes a caller from others, restrictions of access included; not the token, which changes. */
function keyOf({ principal }: BackstageCredentials): string {
  return JSON.stringify(principal);
}

/** Loads once at a time for each caller; a failure is thrown to those who wait for it and not kept. */
function cachePerCaller<V extends {}>(
  load: (credentials: BackstageCredentials) => Promise<V>,
  sizeOf: (value: V) => number,
): PerCaller<V> {
  return new LRUCache<string, V, BackstageCredentials>({
    max: MAX_CALLERS,
    maxSize: MAX_SIZE,
    sizeCalculation: sizeOf,
    ttl: MAX_AGE_MS,
    ttlResolution: 0,
    // what is evicted while it is loaded still answers those who wait for it
    ignoreFetchAbort: true,
    async fetchMethod(_key, _stale, { options, context }) {
      const askedAtMs = performance.now();
      const value = await load(context);
      const ageMs = performance.now() - askedAtMs;
      options.ttl = Math.max(1, MAX_AGE_MS - ageMs);
      return value;
    },
  });
}
