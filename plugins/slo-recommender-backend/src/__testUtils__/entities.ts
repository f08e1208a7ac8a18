import type { Entity, EntityRelation } from '@backstage/catalog-model';
import type { CatalogEntity } from '../kernel/CatalogEntity';

/** A service as the stores hold it. */
export function aService(
  name: string,
  overrides: Partial<CatalogEntity> = {},
): CatalogEntity {
  return {
    entityRef: `component:default/${name}`,
    optedIn: true,
    kind: 'component',
    title: name,
    type: 'service',
    owner: 'group:default/team',
    system: null,
    criticality: null,
    datasourceId: null,
    promisedObjective: null,
    promisedLatency: null,
    windowMs: null,
    telemetryNames: [name],
    matchers: null,
    annotationIssues: [],
    ...overrides,
  };
}

/** An opted-in Component as the catalog holds it. */
export function aComponent(
  name: string,
  options: {
    annotations?: Record<string, string>;
    relations?: EntityRelation[];
    title?: string;
  } = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      title: options.title,
      annotations: {
        'slo-recommender.io/enabled': 'true',
        ...options.annotations,
      },
    },
    spec: { type: 'service' },
    relations: [
      { type: 'ownedBy', targetRef: 'group:default/team' },
      ...(options.relations ?? []),
    ],
  };
}
