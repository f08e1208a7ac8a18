import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  type Entity,
  getCompoundEntityRef,
  parseEntityRef,
  RELATION_DEPENDENCY_OF,
  RELATION_DEPENDS_ON,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { stringifyError } from '@backstage/errors';
import type { LocationSpec } from '@backstage/plugin-catalog-common';
import {
  type CatalogProcessor,
  type CatalogProcessorCache,
  type CatalogProcessorEmit,
  processingResult,
} from '@backstage/plugin-catalog-node';
import {
  formatObservedDependencies,
  OBSERVED_DEPENDENCIES_ANNOTATION,
  parseServiceAnnotations,
} from 'backstage-plugin-slo-recommender-common';
import { addWarnings } from './entityStatus';
import {
  MAX_AGE_MS,
  type ObservedCallees,
  type ObservedDependencies,
} from './ObservedDependencies';
import { type ProcessorMemory, readMemory } from './processorMemory';

/** Callees in the cache are dated anew at this pace while the answer stays the same. */
const REDATE_MS = 3_600_000;

const CACHE_KEY = 'memory';

/**
 * Checks the `slo-recommender.io/…` annotations of every entity, and adds relations for observed dependencies. What it
 * finds never fails the processing: an error there would keep the entity from being updated at all.
 */
export class SloRecommenderProcessor implements CatalogProcessor {
  readonly #logger: LoggerService;
  readonly #observed: Pick<ObservedDependencies, 'calleesOf'> | undefined;
  readonly #now: () => Date;

  /** @param options - `observed` is left out where no relations are asked for. */
  constructor(options: {
    logger: LoggerService;
    observed?: Pick<ObservedDependencies, 'calleesOf'>;
    now: () => Date;
  }) {
    this.#logger = options.logger;
    this.#observed = options.observed;
    this.#now = options.now;
  }

  getProcessorName(): string {
    return 'SloRecommenderProcessor';
  }

  async postProcessEntity(
    entity: Entity,
    _location: LocationSpec,
    emit: CatalogProcessorEmit,
    cache: CatalogProcessorCache,
  ): Promise<Entity> {
    try {
      const before = readMemory(await cache.get(CACHE_KEY));
      const issues = this.#check(entity, before);
      const callees = this.#calleesOf(entity, before);
      const after = callees?.entityRefs.length
        ? { issues, callees: { ...callees } }
        : { issues };
      if (JSON.stringify(after) !== JSON.stringify(before)) {
        await cache.set(CACHE_KEY, after);
      }
      return addWarnings(
        this.#relate(entity, callees?.entityRefs ?? [], emit),
        issues,
      );
    } catch (error) {
      this.#logger.error(
        `SLO Recommender cannot process ${stringifyEntityRef(
          entity,
        )}, and leaves it as it is: ${stringifyError(error)}`,
      );
      return entity;
    }
  }

  /** What is wrong with the annotations; logged when it changes. */
  #check(entity: Entity, before: ProcessorMemory): string[] {
    const issues = parseServiceAnnotations(entity).issues.map(
      ({ message }) => message,
    );
    for (const issue of issues) {
      if (before.issues.includes(issue)) continue;
      this.#logger.warn(`${stringifyEntityRef(entity)}: ${issue}`);
    }
    return issues;
  }

  /** The observed callees, and while the backend has not answered those of the last answer. */
  #calleesOf(
    entity: Entity,
    before: ProcessorMemory,
  ): ObservedCallees | undefined {
    if (!this.#observed) return undefined;
    const known = before.callees;
    const fresh = this.#observed.calleesOf(stringifyEntityRef(entity));
    if (!fresh) {
      const isCurrent =
        known && this.#now().getTime() - known.asOf <= MAX_AGE_MS;
      return isCurrent ? known : undefined;
    }
    const isUnchanged =
      known &&
      known.entityRefs.join() === fresh.entityRefs.join() &&
      fresh.asOf - known.asOf < REDATE_MS;
    return isUnchanged ? known : fresh;
  }

  /** Emits the relations that the entity does not declare itself, and lists them in an annotation that tells them apart. */
  #relate(
    entity: Entity,
    callees: string[],
    emit: CatalogProcessorEmit,
  ): Entity {
    if (!this.#observed) return entity;
    const self = getCompoundEntityRef(entity);
    const declared = declaredCallees(entity);
    const undeclared = callees.filter(entityRef => !declared.has(entityRef));
    for (const entityRef of undeclared) {
      const callee = parseEntityRef(entityRef);
      emit(
        processingResult.relation({
          source: self,
          type: RELATION_DEPENDS_ON,
          target: callee,
        }),
      );
      emit(
        processingResult.relation({
          source: callee,
          type: RELATION_DEPENDENCY_OF,
          target: self,
        }),
      );
    }
    const { [OBSERVED_DEPENDENCIES_ANNOTATION]: _, ...annotations } =
      entity.metadata.annotations ?? {};
    if (undeclared.length) {
      annotations[OBSERVED_DEPENDENCIES_ANNOTATION] =
        formatObservedDependencies(undeclared);
    }
    return { ...entity, metadata: { ...entity.metadata, annotations } };
  }
}

/** Entity references in the entity's own `dependsOn`; the catalog makes relations of those. */
function declaredCallees({ metadata, spec }: Entity): Set<string> {
  const refs = Array.isArray(spec?.dependsOn) ? spec.dependsOn : [];
  return new Set(
    refs.flatMap(ref => {
      if (typeof ref !== 'string') return [];
      try {
        return stringifyEntityRef(
          parseEntityRef(ref, { defaultNamespace: metadata.namespace }),
        );
      } catch {
        return [];
      }
    }),
  );
}
