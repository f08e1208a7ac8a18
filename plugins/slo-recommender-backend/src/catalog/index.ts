import type {
  AuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Feature, Kernel } from '../kernel/Feature';
import type { AnalysisStep } from '../kernel/tasks/analysis';
import type { RouterServices } from '../kernel/http/createRouter';
import { CatalogSync, type CatalogSyncOptions } from './CatalogSync';
import { EntityStore } from './EntityStore';
import { OtherEntities, type OtherNames } from './OtherEntities';
import { readServices } from './readServices';
import { Visibility } from './Visibility';
import { VisibleSetStore } from './VisibleSetStore';

export type { CatalogSync } from './CatalogSync';
export type { DeclaredDependency } from './declaredDependencies';
export {
  type DanglingReference,
  entityFromRow,
  EntityStore,
  type RawDbEntityRow,
} from './EntityStore';
export {
  findNamesOfOthers,
  findSharedNames,
  isOwnName,
  onlyOne,
  type SharedName,
} from './sharedNames';
export { differences, hostIn, type PlainName, plainName } from './plainName';
export { analysedServices } from './readServices';
export type { OtherEntities } from './OtherEntities';
export type { Visibility } from './Visibility';
export { whereVisible } from './VisibleSetStore';

/** Services and their neighbours as the catalog describes them, and who may read them. */
export interface Catalog extends Feature {
  analysisSteps: AnalysisStep[];
  entities: EntityStore;
  others: OtherEntities;
  sync: CatalogSync;
  visibility: Visibility;
  requireService: RouterServices['requireService'];
}

export function createCatalog(
  kernel: Kernel,
  options: {
    auth: AuthService;
    catalog: CatalogService;
    dependencies: CatalogSyncOptions['dependencies'] & OtherNames;
    permissions: PermissionsService;
  },
): Catalog {
  const { config, database, now } = kernel;
  const entities = new EntityStore(database);
  const visibility = new Visibility({
    ...options,
    sets: new VisibleSetStore(database, now),
  });
  const sync = new CatalogSync({
    ...options,
    ...kernel,
    entities,
    optIn: config.optIn,
    onEntitiesChanged: () => visibility.forgetSets(),
  });
  const others = new OtherEntities({
    ...options,
    ...kernel,
    entities,
    names: options.dependencies,
    aliasRules: config.dependencies.aliasRules,
    optIn: config.optIn,
    onEntitiesChanged: () => visibility.forgetSets(),
  });
  return {
    entities,
    sync,
    visibility,
    others,
    analysisSteps: [readServices(sync)],
    tasks: [
      {
        id: 'slo-recommender-other-entities',
        scope: 'global',
        frequency: { minutes: 10 },
        timeout: { minutes: 5 },
        fn: () => others.refresh(),
      },
    ],
    // an entity that the caller may not read answers like one that is not there
    async requireService(entityRef, credentials) {
      const readable = await visibility.readable([entityRef], credentials);
      const service =
        !readable || readable.has(entityRef)
          ? await entities.getService(entityRef)
          : undefined;
      if (service) return service;
      throw new NotFoundError(
        `No service '${entityRef}' here. Either the catalog does not have the entity, or it lacks the annotation slo-recommender.io/enabled: 'true', or the catalog was not read since it was added.`,
      );
    },
  };
}
