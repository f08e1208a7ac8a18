import { createHash } from 'crypto';
import type { Knex } from 'knex';
import { insertInBulk, type Table } from '../kernel/database/bulk';

/** Time after its last use at which a set is deleted; far longer than a set is cached and clocks of replicas differ. */
const UNUSED_MS = 3_600_000;

interface RawDbVisibleEntityRow {
  set_id: string;
  entity_ref: string;
}

const VISIBLE_ENTITIES: Table<RawDbVisibleEntityRow> = {
  table: 'visible_entities',
  columns: { set_id: 'text', entity_ref: 'text' },
  key: ['set_id', 'entity_ref'],
};

/**
 * Sets of entities that callers may read, as rows to join lists with. The ID of a set is a hash of what it contains:
 * callers who may read the same share its rows, and no ID can ever stand for a set of somebody else.
 */
export class VisibleSetStore {
  readonly #db: Knex;
  readonly #now: () => Date;

  constructor(db: Knex, now: () => Date) {
    this.#db = db;
    this.#now = now;
  }

  /** References of all entities that readers can ask about. */
  async listEntityRefs(): Promise<string[]> {
    const rows = await this.#db<{ entity_ref: string }>('entities')
      .select('entity_ref')
      // an API that refers to what is not there need not be an entity of ours
      .union(this.#db('dangling_references').select('entity_ref'))
      .union(this.#db('other_entities').select('entity_ref'));
    return rows.map(({ entity_ref }) => entity_ref);
  }

  /** Whether there is a service that is not in a set. */
  async lacksAnyService(id: string): Promise<boolean> {
    const hidden = await this.#db('entities')
      .where('opted_in', true)
      .whereNotExists(
        this.#db('visible_entities')
          .where({ set_id: id })
          .whereRaw('visible_entities.entity_ref = entities.entity_ref'),
      )
      .first('entity_ref');
    return hidden !== undefined;
  }

  /** Stores a set unless it is stored already, and returns its ID. */
  async save(entityRefs: Iterable<string>): Promise<string> {
    const sorted = [...entityRefs].sort();
    const hash = createHash('sha256');
    for (const entityRef of sorted) hash.update(`${entityRef}\n`);
    const id = hash.digest('hex');
    const nowMs = this.#now().getTime();
    await this.#db.transaction(async tx => {
      // locks the set: another writer of the same set waits here
      await tx('visible_sets')
        .insert({ id, used_at_ms: nowMs })
        .onConflict('id')
        .merge();
      const stored = await tx('visible_entities').where({ set_id: id }).first();
      if (stored) return;
      await insertInBulk(
        tx,
        VISIBLE_ENTITIES,
        sorted.map(entityRef => ({ set_id: id, entity_ref: entityRef })),
      );
      await tx('visible_sets')
        .where('used_at_ms', '<', nowMs - UNUSED_MS)
        .delete();
    });
    return id;
  }
}

/** Keeps the rows of a list whose entity is in a set. */
export function whereVisible(
  rows: Knex.QueryBuilder,
  entityRefColumn: string,
  setId: string,
): void {
  rows.whereExists(exists =>
    exists
      .from({ v: 'visible_entities' })
      .where('v.set_id', setId)
      .whereRaw('v.entity_ref = ??', [entityRefColumn]),
  );
}
