import {
  type Entity,
  getCompoundEntityRef,
  parseEntityRef,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  isOptedIn,
  type OptInMode,
  parseServiceAnnotations,
  readObservedDependencies,
  type ServiceAnnotations,
} from 'backstage-plugin-slo-recommender-common';
import type { CatalogEntity } from '../kernel/CatalogEntity';

/** The fields of an entity that this plugin reads. */
export const ENTITY_FIELDS = [
  'apiVersion',
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'metadata.annotations',
  'spec.type',
  'spec.dependsOn',
  'spec.dependencyOf',
  'relations',
];

/** What it takes to know that an entity is there. */
export const IDENTITY_FIELDS = ['kind', 'metadata.name', 'metadata.namespace'];

/** An entity with what its annotations and relations mean to this plugin. */
export interface ReadEntity {
  entity: CatalogEntity;
  annotations: ServiceAnnotations;
  /** Entity references by relation type, each once. */
  relations: Map<string, Set<string>>;
  /** Callees and callers that its own description names, whatever relations say. */
  dependsOn: Set<string>;
  dependencyOf: Set<string>;
  /** Callees whose relation comes from what was observed. */
  observed: Set<string>;
}

const text = (value: unknown) => (typeof value === 'string' ? value : null);

/** The entity reference in its normal form; undefined where it is none. */
function normalRef(
  ref: unknown,
  defaultNamespace?: string,
): string | undefined {
  if (typeof ref !== 'string') return undefined;
  try {
    return stringifyEntityRef(parseEntityRef(ref, { defaultNamespace }));
  } catch {
    return undefined;
  }
}

function refsOf(value: unknown, namespace?: string): Set<string> {
  const refs: unknown[] = Array.isArray(value) ? value : [];
  return new Set(refs.flatMap(ref => normalRef(ref, namespace) ?? []));
}

/** Maps a catalog entity. Its system groups it and is no dependency: to be part of something is not to call it. */
export function readEntity(source: Entity, optIn: OptInMode): ReadEntity {
  const annotations = parseServiceAnnotations(source);
  const relations = new Map<string, Set<string>>();
  for (const { type, targetRef } of source.relations ?? []) {
    const ref = normalRef(targetRef);
    if (ref === undefined) continue;
    relations.set(type, (relations.get(type) ?? new Set()).add(ref));
  }
  const related = (type: string) => [...(relations.get(type) ?? [])];
  const { kind, namespace, name } = getCompoundEntityRef(source);
  return {
    annotations,
    relations,
    dependsOn: refsOf(source.spec?.dependsOn, namespace),
    dependencyOf: refsOf(source.spec?.dependencyOf, namespace),
    observed: refsOf(readObservedDependencies(source)),
    entity: {
      entityRef: stringifyEntityRef(source),
      optedIn: isOptedIn(source, optIn),
      kind: kind.toLocaleLowerCase('en-US'),
      title: text(source.metadata.title) ?? name,
      type: text(source.spec?.type),
      owner: related(RELATION_OWNED_BY)[0] ?? null,
      system:
        related(RELATION_PART_OF).find(ref => ref.startsWith('system:')) ??
        null,
      criticality: annotations.criticality ?? null,
      datasourceId: annotations.datasource ?? null,
      promisedObjective: annotations.availabilityObjective ?? null,
      promisedLatency: annotations.latencyObjective ?? null,
      windowMs: annotations.windowMs ?? null,
      telemetryNames: annotations.telemetryNames,
      matchers: annotations.matchers ?? null,
      annotationIssues: annotations.issues,
    },
  };
}

/** A neighbour that the catalog refers to and does not hold. */
export function danglingEntity(entityRef: string): CatalogEntity {
  const { kind, name } = parseEntityRef(entityRef);
  return {
    entityRef,
    optedIn: false,
    kind: kind.toLocaleLowerCase('en-US'),
    title: name,
    type: null,
    owner: null,
    system: null,
    criticality: null,
    datasourceId: null,
    promisedObjective: null,
    promisedLatency: null,
    windowMs: null,
    telemetryNames: [],
    matchers: null,
    annotationIssues: [],
  };
}
