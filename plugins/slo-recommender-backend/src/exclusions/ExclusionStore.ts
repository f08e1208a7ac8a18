import type { Exclusion } from 'backstage-plugin-slo-recommender-common';
import type { Knex } from 'knex';
import { inBatches, REFS_PER_STATEMENT } from '../kernel/database/database';
import { noteServiceChange } from '../kernel/database/serviceRevisions';

/** An exclusion that is not withdrawn, as analyses use it: from `fromMs` on, before `toMs`, full hours. */
export interface ActiveExclusion {
  id: string;
  fromMs: number;
  toMs: number;
  reason: string;
  owner: string;
}

interface RawDbExclusionRow {
  id: string;
  entity_ref: string;
  from_at: string;
  to_at: string;
  reason: string;
  owner: string;
  created_at: string;
  withdrawn_by: string | null;
  withdrawn_at: string | null;
}

function exclusionFromRow(row: RawDbExclusionRow): Exclusion {
  const { withdrawn_by: by, withdrawn_at: at } = row;
  return {
    id: row.id,
    from: row.from_at,
    to: row.to_at,
    reason: row.reason,
    owner: row.owner,
    createdAt: row.created_at,
    withdrawn: by === null || at === null ? null : { by, at },
  };
}

/** Excluded hours. Withdrawn exclusions are kept. */
export class ExclusionStore {
  readonly #db: Knex;

  constructor(db: Knex) {
    this.#db = db;
  }

  /**
   * @param check - throws if the exclusion may not be added to the active ones; nothing is written then. Two exclusions
   * added to a service at once are checked one after the other.
   */
  async add(
    entityRef: string,
    exclusion: Omit<Exclusion, 'withdrawn'>,
    check: (active: ActiveExclusion[]) => void,
  ): Promise<void> {
    await this.#db.transaction(async tx => {
      await noteServiceChange(tx, entityRef);
      const active = await readActive(tx, [entityRef]);
      check(active.get(entityRef) ?? []);
      await tx<RawDbExclusionRow>('exclusions').insert({
        id: exclusion.id,
        entity_ref: entityRef,
        from_at: exclusion.from,
        to_at: exclusion.to,
        reason: exclusion.reason,
        owner: exclusion.owner,
        created_at: exclusion.createdAt,
      });
    });
  }

  /** Returns all, withdrawn ones too, newest first. */
  async list(entityRef: string): Promise<Exclusion[]> {
    const rows = await this.#db<RawDbExclusionRow>('exclusions')
      .where({ entity_ref: entityRef })
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'from_at', order: 'desc' },
        { column: 'id' },
      ]);
    return rows.map(exclusionFromRow);
  }

  async get(entityRef: string, id: string): Promise<Exclusion | undefined> {
    const row = await this.#db<RawDbExclusionRow>('exclusions')
      .where({ entity_ref: entityRef, id })
      .first();
    return row && exclusionFromRow(row);
  }

  /** Withdraws an exclusion. Returns false if there is no active one. */
  async withdraw(
    entityRef: string,
    id: string,
    withdrawal: { by: string; at: string },
  ): Promise<boolean> {
    return this.#db.transaction(async tx => {
      const changed = await tx<RawDbExclusionRow>('exclusions')
        .where({ entity_ref: entityRef, id, withdrawn_at: null })
        .update({ withdrawn_by: withdrawal.by, withdrawn_at: withdrawal.at });
      if (changed > 0) await noteServiceChange(tx, entityRef);
      return changed > 0;
    });
  }

  /** Returns the active exclusions of services, the oldest first, leaving out services without any. */
  async readActive(
    entityRefs: string[],
  ): Promise<Map<string, ActiveExclusion[]>> {
    return readActive(this.#db, entityRefs);
  }
}

async function readActive(
  db: Knex,
  entityRefs: string[],
): Promise<Map<string, ActiveExclusion[]>> {
  const active = new Map<string, ActiveExclusion[]>();
  for (const refs of inBatches(entityRefs, REFS_PER_STATEMENT)) {
    const rows = await db<RawDbExclusionRow>('exclusions')
      .whereIn('entity_ref', refs)
      .whereNull('withdrawn_at')
      .orderBy(['entity_ref', 'created_at', 'from_at', 'id']);
    for (const row of rows) {
      const exclusion = {
        id: row.id,
        fromMs: Date.parse(row.from_at),
        toMs: Date.parse(row.to_at),
        reason: row.reason,
        owner: row.owner,
      };
      const present = active.get(row.entity_ref);
      if (present) present.push(exclusion);
      else active.set(row.entity_ref, [exclusion]);
    }
  }
  return active;
}
