import type { Entity } from '@backstage/catalog-model';
import { OBSERVED_DEPENDENCIES_ANNOTATION } from './names';

/** The value of the annotation that lists these entity references, the same in any order. */
export function formatObservedDependencies(entityRefs: string[]): string {
  return [...new Set(entityRefs)].sort().join(',');
}

/** Entity references of the callees whose relation the catalog processor emitted. */
export function readObservedDependencies({ metadata }: Entity): string[] {
  const annotations: Record<string, unknown> = metadata.annotations ?? {};
  const value = annotations[OBSERVED_DEPENDENCIES_ANNOTATION];
  if (typeof value !== 'string') return [];
  return value
    .split(',')
    .map(entityRef => entityRef.trim())
    .filter(Boolean);
}
