import type { Knex } from 'knex';
import { insertInBulk, type Table } from '../../kernel/database/bulk';
import { inBatches, REFS_PER_STATEMENT } from '../../kernel/database/database';

/** A cycle that is or was, and what people said of it. */
export interface StoredCycle {
  id: string;
  /** Node ids. */
  members: string[];
  detectedAt: string;
  /** Null while the calls form it. */
  resolvedAt: string | null;
  acknowledgement: Acknowledgement | null;
}

/** Somebody knows of the cycle and accepts it. */
export interface Acknowledgement {
  /** Entity reference of the person, or the subject of a service. */
  by: string;
  at: string;
  reason: string;
}

interface RawDbCycleRow {
  id: string;
  members: string;
  detected_at: string;
  resolved_at: string | null;
  acknowledged_by: string | null;
  acknowledged_at: string | null;
  acknowledgement_reason: string | null;
}

const NEW_CYCLES: Table<Pick<RawDbCycleRow, 'id' | 'members' | 'detected_at'>> =
  {
    table: 'dependency_cycles',
    columns: { id: 'text', members: 'text', detected_at: 'text' },
    key: ['id'],
  };

const UNACKNOWLEDGED = {
  acknowledged_by: null,
  acknowledged_at: null,
  acknowledgement_reason: null,
};

function cycleFromRow(row: RawDbCycleRow): StoredCycle {
  const { acknowledged_by: by, acknowledged_at: at } = row;
  return {
    id: row.id,
    members: JSON.parse(row.members),
    detectedAt: row.detected_at,
    resolvedAt: row.resolved_at,
    acknowledgement:
      by === null || at === null
        ? null
        : { by, at, reason: row.acknowledgement_reason ?? '' },
  };
}

/** Cycles of calls, with their states. */
export class CycleStore {
  readonly #db: Knex;

  constructor(db: Knex) {
    this.#db = db;
  }

  async list(): Promise<StoredCycle[]> {
    const rows =
      await this.#db<RawDbCycleRow>('dependency_cycles').orderBy('id');
    return rows.map(cycleFromRow);
  }

  /**
   * Opens cycles that are new or have come back, and resolves those that are no more. Safe to be called by several
   * replicas at once.
   *
   * @param present - the cycles that there are.
   */
  async update(
    present: { id: string; members: string[] }[],
    at: Date,
  ): Promise<void> {
    const instant = at.toISOString();
    await this.#db.transaction(async tx => {
      await insertInBulk(
        tx,
        NEW_CYCLES,
        present.map(({ id, members }) => ({
          id,
          members: JSON.stringify(members),
          detected_at: instant,
        })),
      );
      for (const batch of inBatches(present, REFS_PER_STATEMENT)) {
        await tx<RawDbCycleRow>('dependency_cycles')
          .whereIn(
            'id',
            batch.map(({ id }) => id),
          )
          .whereNotNull('resolved_at')
          .update({
            resolved_at: null,
            detected_at: instant,
            ...UNACKNOWLEDGED,
          });
      }
      const ids = new Set(present.map(({ id }) => id));
      const unresolved = await tx<RawDbCycleRow>('dependency_cycles')
        .whereNull('resolved_at')
        .pluck('id');
      for (const batch of inBatches(
        unresolved.filter(id => !ids.has(id)),
        REFS_PER_STATEMENT,
      )) {
        await tx<RawDbCycleRow>('dependency_cycles')
          .whereIn('id', batch)
          .update({ resolved_at: instant });
      }
    });
  }

  /** @param acknowledgement - null takes it back. */
  async acknowledge(
    id: string,
    acknowledgement: Acknowledgement | null,
  ): Promise<void> {
    await this.#db<RawDbCycleRow>('dependency_cycles')
      .where({ id })
      .update(
        acknowledgement
          ? {
              acknowledged_by: acknowledgement.by,
              acknowledged_at: acknowledgement.at,
              acknowledgement_reason: acknowledgement.reason,
            }
          : UNACKNOWLEDGED,
      );
  }
}
