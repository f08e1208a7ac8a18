import {
  type Entity,
  getCompoundEntityRef,
  parseEntityRef,
  RELATION_API_CONSUMED_BY,
  RELATION_API_PROVIDED_BY,
  RELATION_CONSUMES_API,
  RELATION_DEPENDENCY_OF,
  RELATION_DEPENDS_ON,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  isOptedIn,
  type OptInMode,
  parseServiceAnnotations,
  type ServiceAnnotations,
} from 'backstage-plugin-slo-recommender-common';
import type { CatalogEntity } from '../store';

/** The fields of an entity that this plugin reads. */
export const ENTITY_FIELDS = [
  'apiVersion',
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'metadata.annotations',
  'spec.type',
  'relations',
];

/** An entity with what its annotations and relations mean to this plugin. */
export interface ReadEntity {
  entity: CatalogEntity;
  annotations: ServiceAnnotations;
  /** Entity references by relation type. */
  related(type: string): string[];
}

const text = (value: unknown) => (typeof value === 'string' ? value : null);

/** Maps a catalog entity; relations are normalised entity references already. */
export function readEntity(source: Entity, optIn: OptInMode): ReadEntity {
  const annotations = parseServiceAnnotations(source);
  const related = (type: string) => [
    ...new Set(
      (source.relations ?? [])
        .filter(relation => relation.type === type)
        .map(relation =>
          stringifyEntityRef(parseEntityRef(relation.targetRef)),
        ),
    ),
  ];
  const { kind, name } = getCompoundEntityRef(source);
  return {
    annotations,
    related,
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
      windowMs: annotations.windowMs ?? null,
      telemetryNames: annotations.telemetryNames,
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
    windowMs: null,
    telemetryNames: [],
    annotationIssues: [],
  };
}

/** Entities that this one calls, and entities that call it, as the catalog declares them, before APIs are resolved. */
export const declaredRelations = {
  callees: RELATION_DEPENDS_ON,
  callers: RELATION_DEPENDENCY_OF,
  consumedApis: RELATION_CONSUMES_API,
  apiProviders: RELATION_API_PROVIDED_BY,
  apiConsumers: RELATION_API_CONSUMED_BY,
} as const;
