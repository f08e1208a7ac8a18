import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { inBatches } from '../kernel/database/database';

const REFS_PER_REQUEST = 500;
const FIELDS = ['kind', 'metadata.name', 'metadata.namespace'];

/** Which entities a reader may read, by the catalog's own permission. */
export class Visibility {
  readonly #catalog: CatalogService;
  readonly #permissions: PermissionsService;

  constructor(options: {
    catalog: CatalogService;
    permissions: PermissionsService;
  }) {
    this.#catalog = options.catalog;
    this.#permissions = options.permissions;
  }

  /** The readable ones among the entity references; undefined where the reader may read every entity. */
  async readable(
    entityRefs: () => Promise<string[]>,
    credentials: BackstageCredentials,
  ): Promise<Set<string> | undefined> {
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission: catalogEntityReadPermission }],
      { credentials },
    );
    if (decision.result === AuthorizeResult.ALLOW) return undefined;
    if (decision.result === AuthorizeResult.DENY) return new Set();
    const readable = new Set<string>();
    const refs = await entityRefs();
    for (const batch of inBatches(refs, REFS_PER_REQUEST)) {
      const { items } = await this.#catalog.getEntitiesByRefs(
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
