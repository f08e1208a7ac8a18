import { createHash } from 'crypto';
import type { Knex } from 'knex';
import { readInPages } from '../../kernel/database/bulk';

/** State of what the dependency graph is made of. */
export interface GraphVersion {
  version: number;
  /** When it came to be. */
  changedAt: string;
}

interface RawDbGraphVersionRow {
  id: number;
  version: number;
  changed_at: string;
  catalog_digest: string;
}

const ROW_ID = 1;

/** What the catalog says, with the keys of the tables. */
const CATALOG_TABLES: [table: string, key: string[], where: object][] = [
  ['entities', ['entity_ref'], {}],
  ['other_entities', ['entity_ref'], {}],
  ['dangling_references', ['target_ref', 'entity_ref', 'relation'], {}],
  [
    'dependency_edges',
    ['origin', 'source_name', 'target_name'],
    { origin: 'catalog' },
  ],
];

export async function readGraphVersion(db: Knex): Promise<GraphVersion> {
  const row = await db<RawDbGraphVersionRow>('graph_version')
    .where({ id: ROW_ID })
    .first();
  return { version: row?.version ?? 0, changedAt: row?.changed_at ?? '' };
}

/**
 * Gives the graph a new version. To be called first in a transaction that changes what the graph is made of: the lock
 * on the row, held until the commit, makes writers take turns, so that two that touch the same edges in different order
 * cannot wait for each other.
 */
export async function bumpGraphVersion(tx: Knex, at: Date): Promise<void> {
  await tx<RawDbGraphVersionRow>('graph_version')
    .where({ id: ROW_ID })
    .update({ version: tx.raw('version + 1'), changed_at: at.toISOString() });
}

/** Gives the graph a new version if entities or declared edges have changed. The catalog is read often and changes seldom. */
export async function bumpGraphVersionIfCatalogChanged(
  tx: Knex,
  at: Date,
): Promise<void> {
  const digest = createHash('sha256');
  for (const [table, key, where] of CATALOG_TABLES) {
    for await (const page of readInPages<Record<string, string>>(tx, table, {
      key,
      where,
    })) {
      for (const row of page) digest.update(JSON.stringify(row));
    }
  }
  const catalogDigest = digest.digest('base64url');
  await tx<RawDbGraphVersionRow>('graph_version')
    .where({ id: ROW_ID })
    .whereNot({ catalog_digest: catalogDigest })
    .update({
      version: tx.raw('version + 1'),
      changed_at: at.toISOString(),
      catalog_digest: catalogDigest,
    });
}
