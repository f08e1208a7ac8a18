import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { OptInMode } from 'backstage-plugin-slo-recommender-common';
import type { Knex } from 'knex';
import type { CatalogEntity } from '../kernel/CatalogEntity';
import type { AliasRule } from '../kernel/config/aliasRules';
import { inYieldingBatches } from '../kernel/concurrency/yieldToEventLoop';
import { lockUntilCommit } from '../kernel/database/database';
import { CatalogReader } from './CatalogReader';
import type { EntityStore } from './EntityStore';
import { hostIn, plainName } from './plainName';

const ENTITY_NAME = /^[a-z0-9._-]{1,63}$/;
const ENTITY_REF = /^[^:/]+:[^:/]+\/[^:/]+$/;

/** Where names come from that the catalog may have, and who learns what it has. */
export interface OtherNames {
  /** Names that telemetry and reports have. */
  listNames(): Promise<string[]>;
  /** To be called in a transaction that changes what the catalog says. */
  noteCatalog(tx: Knex): Promise<void>;
}

/**
 * Entities that have not opted in and that telemetry or a report names: the catalog knows them, although nothing is
 * computed for them. Only those are kept, for a catalog may hold ten times as many entities as services.
 */
export class OtherEntities {
  readonly #options: ConstructorParameters<typeof OtherEntities>[0];
  readonly #reader: CatalogReader;

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    logger: LoggerService;
    database: Knex;
    entities: EntityStore;
    names: OtherNames;
    aliasRules: AliasRule[];
    optIn: OptInMode;
    onEntitiesChanged(): void;
  }) {
    this.#options = options;
    this.#reader = new CatalogReader(options);
  }

  /**
   * Looks for them in the catalog. If that fails, what was found before stays.
   *
   * @param namesToCome - that are about to be stored.
   */
  async refresh(namesToCome: string[] = []): Promise<void> {
    const { database, entities, logger, names, onEntitiesChanged } =
      this.#options;
    try {
      const found = await this.#find([
        ...(await names.listNames()),
        ...namesToCome,
      ]);
      const isChanged = await database.transaction(async tx => {
        await lockUntilCommit(tx, 'catalog');
        const changed = await entities.replaceOthers(found, tx);
        await names.noteCatalog(tx);
        return changed;
      });
      if (isChanged) onEntitiesChanged();
    } catch (error) {
      logger.warn(
        `The catalog could not be searched for names that telemetry has: ${stringifyError(error)}`,
      );
    }
  }

  async #find(seen: string[]): Promise<CatalogEntity[]> {
    const { entities, aliasRules } = this.#options;
    const known = await entities.getAll();
    const wanted = new Set(
      seen
        .flatMap(name => [
          name,
          ...aliasRules.flatMap(({ rewrite }) => rewrite(name) ?? []),
        ])
        .filter(name => !known.has(name)),
    );
    for (const { telemetryNames } of known.values()) {
      telemetryNames.forEach(name => wanted.delete(name));
    }
    if (wanted.size === 0) return [];
    const plain = new Set<string>();
    const asked = new Set<string>();
    for await (const batch of inYieldingBatches(wanted)) {
      for (const name of batch) {
        plain.add(plainName(name).plain);
        entityNamesOf(name).forEach(one => asked.add(one));
      }
    }
    const isWanted = ({ entityRef, telemetryNames }: CatalogEntity) =>
      [entityRef.slice(entityRef.indexOf('/') + 1), ...telemetryNames].some(
        name => plain.has(plainName(name).plain),
      );
    const found = await this.#reader.readEntities(
      [...wanted].filter(name => ENTITY_REF.test(name)),
    );
    for await (const read of this.#reader.readNamed([...asked])) {
      if (isWanted(read.entity)) found.set(read.entity.entityRef, read);
    }
    return [...found.values()].flatMap(({ entity }) =>
      known.has(entity.entityRef) ? [] : [{ ...entity, optedIn: false }],
    );
  }
}

/** Names that an entity may have in the catalog that is called so in telemetry, in lower case. */
function entityNamesOf(name: string): string[] {
  const { plain, written } = plainName(name);
  return [plain, plain.replaceAll('-', '_'), written, hostIn(name) ?? plain]
    .map(text => text.toLocaleLowerCase('en-US'))
    .filter(text => ENTITY_NAME.test(text));
}
