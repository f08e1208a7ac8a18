import type { DatasourceStatus } from 'backstage-plugin-slo-recommender-common';
import {
  type DatasourceStatusStore,
  NEVER_ASKED,
} from './DatasourceStatusStore';
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
      return {
        id,
        type,
        simulated: this.#sources.isSimulated(id),
        ...(attempts.get(id) ?? NEVER_ASKED),
        ...('error' in datasource && {
          state: 'failing',
          message: datasource.error.message,
        }),
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
