import type { Knex } from 'knex';
import { inBatches, REFS_PER_STATEMENT } from './database';

interface RawDbServiceRevisionRow {
  entity_ref: string;
  revision: number;
}

/**
 * Notes that events or exclusions of a service have changed. The service's row stays locked until the end of the
 * transaction, so that checks before a write run one after the other.
 */
export async function noteServiceChange(
  tx: Knex,
  entityRef: string,
): Promise<void> {
  await tx<RawDbServiceRevisionRow>('service_revisions')
    .insert({ entity_ref: entityRef, revision: 1 })
    .onConflict('entity_ref')
    .merge({ revision: tx.raw('service_revisions.revision + 1') });
}

/** Returns a number that grows with every change of events or exclusions of any service. */
export async function readRevision(db: Knex): Promise<number> {
  const [{ sum }] = await db('service_revisions').sum({ sum: 'revision' });
  return Number(sum ?? 0);
}

/**
 * Returns a text that changes with the events and exclusions of a service, by entity reference; services without any are
 * left out. To be read before those are: a change in between is then seen as one.
 *
 * @param entityRefs - all services unless given.
 */
export async function readFingerprints(
  db: Knex,
  entityRefs?: string[],
): Promise<Map<string, string>> {
  const fingerprints = new Map<string, string>();
  const batches = entityRefs
    ? inBatches(entityRefs, REFS_PER_STATEMENT)
    : [undefined];
  for (const refs of batches) {
    const query = db<RawDbServiceRevisionRow>('service_revisions');
    if (refs) query.whereIn('entity_ref', refs);
    for (const { entity_ref: entityRef, revision } of await query) {
      fingerprints.set(entityRef, String(revision));
    }
  }
  return fingerprints;
}
