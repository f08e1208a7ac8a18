import { RELATION_DEPENDS_ON } from '@backstage/catalog-model';
import type { DanglingReference } from './EntityStore';
import type { ReadEntity } from './readEntity';

/** Everything that the entities refer to by their own or others' descriptions, and not by observation alone. */
export function references(
  entities: Iterable<ReadEntity>,
): DanglingReference[] {
  const found: DanglingReference[] = [];
  for (const { entity, relations, observed, dependsOn } of entities) {
    for (const [relation, targets] of relations) {
      for (const targetRef of targets) {
        const isObserved =
          relation === RELATION_DEPENDS_ON &&
          observed.has(targetRef) &&
          !dependsOn.has(targetRef);
        if (isObserved) continue;
        found.push({ targetRef, entityRef: entity.entityRef, relation });
      }
    }
  }
  return found;
}

/** Of a list this long the rest is counted. */
const MOST_MESSAGES = 20;

/** What to log of the targets, each in one message with the remedy. */
export function describeDangling(dangling: DanglingReference[]): string[] {
  const byTarget = new Map<string, DanglingReference[]>();
  for (const reference of dangling) {
    const known = byTarget.get(reference.targetRef);
    if (known) known.push(reference);
    else byTarget.set(reference.targetRef, [reference]);
  }
  const messages = [...byTarget]
    .slice(0, MOST_MESSAGES)
    .map(([targetRef, [first, ...others]]) => {
      const more = others.length ? ` and ${others.length} more` : '';
      return `The catalog does not hold ${targetRef}, which ${first.entityRef} (${first.relation})${more} refers to. Register it, or fix the reference.`;
    });
  const left = byTarget.size - messages.length;
  if (left > 0) {
    messages.push(
      `The catalog does not hold ${left} more entities that others refer to; GET /api/slo-recommender/v1/fleet/dangling-references lists them.`,
    );
  }
  return messages;
}
