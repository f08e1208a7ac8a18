import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type {
  TelemetrySource,
  TelemetrySourceFactory,
} from 'backstage-plugin-slo-recommender-node';
import type { DatasourceConfig } from '../kernel/config/datasources';

/** A configured datasource: its source, or why it could not be made. */
export type Datasource = { id: string; type: string } & (
  { source: TelemetrySource } | { error: Error }
);

/** The configured datasources, in the order of the configuration. */
export class TelemetrySources {
  readonly #datasources: Map<string, Datasource>;

  /**
   * Makes every datasource that can be made. A malformed entry does not take the others down: it is logged, and stays
   * as a datasource that fails with the message.
   */
  constructor(options: {
    datasources: DatasourceConfig[];
    factories: TelemetrySourceFactory[];
    logger: LoggerService;
  }) {
    const { factories, logger } = options;
    const made = options.datasources.map((entry): Datasource => {
      const { id, type } = entry;
      try {
        if ('error' in entry) throw entry.error;
        const factory = factories.find(candidate => candidate.type === type);
        if (!factory) {
          throw new Error(
            `type '${type}' is not known. Known are ${factories
              .map(known => `'${known.type}'`)
              .sort()
              .join(', ')}; other types need their module installed.`,
          );
        }
        return {
          id,
          type,
          source: factory.create({ id, config: entry.config, logger }),
        };
      } catch (cause) {
        const error = new Error(
          `Datasource '${id}' cannot be used: ${toError(cause).message}`,
        );
        logger.error(error.message);
        return { id, type, error };
      }
    });
    this.#datasources = new Map(made.map(one => [one.id, one]));
  }

  list(): Datasource[] {
    return [...this.#datasources.values()];
  }

  /** The datasource of a service: the one its annotation names, else the first configured one. */
  forService(service: { datasourceId: string | null }): Datasource | undefined {
    return service.datasourceId === null
      ? this.list()[0]
      : this.#datasources.get(service.datasourceId);
  }

  /** False where the datasource cannot work until the configuration is mended. */
  canRecover(id: string): boolean {
    const datasource = this.#datasources.get(id);
    return datasource !== undefined && 'source' in datasource;
  }

  isSimulated(id: string): boolean {
    const datasource = this.#datasources.get(id);
    return Boolean(
      datasource && 'source' in datasource && datasource.source.simulated,
    );
  }
}
