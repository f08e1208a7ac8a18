import {
  RELATION_API_CONSUMED_BY,
  RELATION_API_PROVIDED_BY,
  RELATION_CONSUMES_API,
  RELATION_DEPENDENCY_OF,
  RELATION_DEPENDS_ON,
  RELATION_PROVIDES_API,
} from '@backstage/catalog-model';
import type {
  DependencyKind,
  DependencyStrength,
} from 'backstage-plugin-slo-recommender-common';
import type { ReadEntity } from './readEntity';

/** An edge between two entities as the catalog declares it. */
export interface DeclaredDependency {
  sourceRef: string;
  targetRef: string;
  /** Null where the catalog does not say. */
  kind: DependencyKind | null;
  strength: DependencyStrength;
}

/** Relations through which a service is declared to call or be called, at first hand and through its APIs. */
export const NEIGHBOUR_RELATIONS = [
  RELATION_DEPENDS_ON,
  RELATION_DEPENDENCY_OF,
  RELATION_CONSUMES_API,
  RELATION_PROVIDES_API,
];
/** Relations from an API to who provides and who calls it. */
export const API_RELATIONS = [
  RELATION_API_PROVIDED_BY,
  RELATION_API_CONSUMED_BY,
];

/**
 * Whether the relation is somebody's word. The catalog processor emits the same relation for what was observed alone; it
 * lists those at the caller, and there the descriptions of both sides decide.
 */
function isDeclared(
  [callerRef, caller]: [string, ReadEntity | undefined],
  [calleeRef, callee]: [string, ReadEntity | undefined],
): boolean {
  if (!caller?.observed.has(calleeRef)) return true;
  return (
    caller.dependsOn.has(calleeRef) ||
    (callee?.dependencyOf.has(callerRef) ?? false)
  );
}

/** Asynchronous dependencies are never hard. */
function natureOf(
  caller: ReadEntity | undefined,
  calleeRef: string,
): Pick<DeclaredDependency, 'kind' | 'strength'> {
  if (caller?.annotations.asyncDependencies.includes(calleeRef)) {
    return { kind: 'async', strength: 'soft' };
  }
  const isSoft = caller?.annotations.softDependencies.includes(calleeRef);
  return { kind: null, strength: isSoft ? 'soft' : 'hard' };
}

/**
 * Edges from caller to callee, in order. An API stands for the components that provide it, or for itself where there are
 * none.
 *
 * @param read - every entity that was read, by its reference: the services, and what they have relations to
 */
export function declaredDependencies(
  services: ReadEntity[],
  read: Map<string, ReadEntity>,
): DeclaredDependency[] {
  const callees = new Map<string, Set<string>>();
  const add = (caller: string, callee: string) =>
    callees.set(caller, (callees.get(caller) ?? new Set()).add(callee));
  const addUnlessObserved = (caller: string, callee: string) => {
    const isWord = isDeclared(
      [caller, read.get(caller)],
      [callee, read.get(callee)],
    );
    if (isWord) add(caller, callee);
  };
  const related = (entityRef: string, relation: string) => [
    ...(read.get(entityRef)?.relations.get(relation) ?? []),
  ];
  for (const { entity } of services) {
    const ref = entity.entityRef;
    for (const callee of related(ref, RELATION_DEPENDS_ON)) {
      addUnlessObserved(ref, callee);
    }
    for (const caller of related(ref, RELATION_DEPENDENCY_OF)) {
      addUnlessObserved(caller, ref);
    }
    for (const apiRef of related(ref, RELATION_CONSUMES_API)) {
      const providers = related(apiRef, RELATION_API_PROVIDED_BY);
      (providers.length ? providers : [apiRef]).forEach(one => add(ref, one));
    }
    for (const apiRef of related(ref, RELATION_PROVIDES_API)) {
      related(apiRef, RELATION_API_CONSUMED_BY).forEach(one => add(one, ref));
    }
  }
  return [...callees.keys()].sort().flatMap(sourceRef =>
    [...(callees.get(sourceRef) ?? [])].sort().map(targetRef => ({
      sourceRef,
      targetRef,
      ...natureOf(read.get(sourceRef), targetRef),
    })),
  );
}
