import type {
  DanglingReferencesResponse,
  FleetPageQuery,
} from 'backstage-plugin-slo-recommender-common';
import type { DanglingReference } from '../store';
import { matches, pageOf } from './paging';

/** What the catalog refers to and does not hold, each once, where the reader may see one of those who refer to it. */
export function danglingReferences(
  references: DanglingReference[],
  mayRead: (entityRef: string) => boolean,
  query: FleetPageQuery,
): DanglingReferencesResponse {
  const byTarget = new Map<string, DanglingReference[]>();
  for (const reference of references) {
    const known = byTarget.get(reference.targetRef);
    if (known) known.push(reference);
    else byTarget.set(reference.targetRef, [reference]);
  }
  const items = [...byTarget].map(([targetRef, all]) => {
    const visible = all.filter(({ entityRef }) => mayRead(entityRef));
    return {
      targetRef,
      referencedBy: visible.map(({ entityRef, relation }) => ({
        entityRef,
        relation,
      })),
      hiddenReferences: all.length - visible.length,
    };
  });
  return pageOf(
    'dangling-references',
    items.filter(
      ({ targetRef, referencedBy }) =>
        referencedBy.length > 0 &&
        matches(query.text, [
          targetRef,
          ...referencedBy.map(({ entityRef }) => entityRef),
        ]),
    ),
    ({ targetRef }) => targetRef,
    query,
  );
}
