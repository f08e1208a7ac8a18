import {
  type DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

const TABLE = 'simulated_company_anchors';

interface RawDbAnchorRow {
  datasource_id: string;
  /** A day, as in 2026-01-31. */
  anchor: string;
}

/**
 * Remembers the day from which the simulated company's stories are told, beside the counts that depend on it: a restart
 * and another replica tell the same stories, an empty database begins new ones.
 */
export class AnchorStore {
  static async create(database: DatabaseService): Promise<AnchorStore> {
    const client = await database.getClient();
    if (!database.migrations?.skip) {
      await client.migrate.latest({
        directory: resolvePackagePath(
          'backstage-plugin-slo-recommender-backend-module-demo',
          'migrations',
        ),
        // The plugin keeps its own migrations in the same database.
        tableName: 'simulated_company_knex_migrations',
      });
    }
    return new AnchorStore(client);
  }

  private constructor(private readonly client: Knex) {}

  /**
   * The anchor of a datasource: midnight in UTC of the day of the first call ever, which is written down by whoever
   * comes first.
   *
   * @param now - in ms since 1970
   */
  async anchorOf(datasourceId: string, now: number): Promise<Date> {
    const today = new Date(now).toISOString().slice(0, 10);
    await this.client<RawDbAnchorRow>(TABLE)
      .insert({ datasource_id: datasourceId, anchor: today })
      .onConflict('datasource_id')
      .ignore();
    const row = await this.client<RawDbAnchorRow>(TABLE)
      .where({ datasource_id: datasourceId })
      .first();
    return new Date(`${row?.anchor ?? today}T00:00:00Z`);
  }
}
