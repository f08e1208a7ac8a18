import type { DatasourceStatus } from 'backstage-plugin-slo-recommender-common';
import type { Knex } from 'knex';

interface RawDbDatasourceStatusRow extends Pick<
  DatasourceStatus,
  'id' | 'state' | 'message'
> {
  last_success_at: string | null;
  last_attempt_at: string | null;
}

/** How a source answered when it was last asked. */
type Attempt = Omit<DatasourceStatus, 'id' | 'type' | 'simulated'>;

/** Of a source that was never asked. */
export const NEVER_ASKED: Attempt = {
  state: 'unknown',
  message: null,
  lastSuccessAt: null,
  lastAttemptAt: null,
};

/** The health of datasources, shared by all replicas. */
export class DatasourceStatusStore {
  readonly #db: Knex;

  constructor(db: Knex) {
    this.#db = db;
  }

  async record(
    id: string,
    state: DatasourceStatus['state'],
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

  /** Returns how sources answered when they were last asked, by ID. */
  async list(): Promise<Map<string, Attempt>> {
    const rows = await this.#db<RawDbDatasourceStatusRow>('datasource_status');
    return new Map(
      rows.map(row => [
        row.id,
        {
          state: row.state,
          message: row.message,
          lastSuccessAt: row.last_success_at,
          lastAttemptAt: row.last_attempt_at,
        },
      ]),
    );
  }
}
