import type { DatasourceStatus } from 'backstage-plugin-slo-recommender-common';
import type { DatasourceStatusStore } from './DatasourceStatusStore';
import type { TelemetrySources } from './TelemetrySources';

/** The configured datasources with how they answered last. */
export class DatasourceStatuses {
  readonly #sources: TelemetrySources;
  readonly #statuses: DatasourceStatusStore;

  constructor(sources: TelemetrySources, statuses: DatasourceStatusStore) {
    this.#sources = sources;
    this.#statuses = statuses;
  }

  async list(): Promise<DatasourceStatus[]> {
    const attempts = await this.#statuses.list();
    return this.#sources.list().map(datasource => {
      const { id, type } = datasource;
      const attempt = attempts.get(id);
      if ('error' in datasource) {
        return {
          id,
          type,
          simulated: false,
          state: 'failing',
          message: datasource.error.message,
          lastSuccessAt: attempt?.lastSuccessAt ?? null,
          lastAttemptAt: attempt?.lastAttemptAt ?? null,
        };
      }
      return {
        id,
        type,
        simulated: this.#sources.isSimulated(id),
        state: attempt?.state ?? 'unknown',
        message: attempt?.message ?? null,
        lastSuccessAt: attempt?.lastSuccessAt ?? null,
        lastAttemptAt: attempt?.lastAttemptAt ?? null,
      };
    });
  }

  /** The datasource of a service; null where none is configured for it. */
  async forService(service: {
    datasourceId: string | null;
  }): Promise<DatasourceStatus | null> {
    const datasource = this.#sources.forService(service);
    if (!datasource) return null;
    const all = await this.list();
    return all.find(({ id }) => id === datasource.id) ?? null;
  }
}
