import type { Knex } from 'knex';

export type DatasourceState =
  'unknown' | 'ok' | 'partial' | 'empty' | 'failing';

/** How a datasource answered when it was asked last. */
export interface DatasourceAttempt {
  id: string;
  state: DatasourceState;
  message: string | null;
  lastSuccessAt: string | null;
  lastAttemptAt: string | null;
}

interface RawDbDatasourceStatusRow {
  id: string;
  state: DatasourceState;
  message: string | null;
  last_success_at: string | null;
  last_attempt_at: string | null;
}

/** The health of datasources, shared by all replicas. */
export class DatasourceStatusStore {
  readonly #db: Knex;

  constructor(db: Knex) {
    this.#db = db;
  }

  async record(
    id: string,
    state: DatasourceState,
    message: string | null,
    at: Date,
  ): Promise<void> {
    const attempt = {
      id,
      state,
      message,
      last_attempt_at: at.toISOString(),
      ...(state === 'ok' && { last_success_at: at.toISOString() }),
    };
    await this.#db<RawDbDatasourceStatusRow>('datasource_status')
      .insert(attempt)
      .onConflict('id')
      .merge(attempt);
  }

  async list(): Promise<Map<string, DatasourceAttempt>> {
    const rows = await this.#db<RawDbDatasourceStatusRow>('datasource_status');
    return new Map(
      rows.map(row => [
        row.id,
        {
          id: row.id,
          state: row.state,
          message: row.message,
          lastSuccessAt: row.last_success_at,
          lastAttemptAt: row.last_attempt_at,
        },
      ]),
    );
  }
}
