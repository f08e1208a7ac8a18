import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type {
  TelemetrySource,
  TelemetrySourceFactory,
} from 'backstage-plugin-slo-recommender-node';
import type { DatasourceConfig } from '../kernel/config/datasources';
import type { Metrics } from '../kernel/metrics/Metrics';

/** A configured datasource: its source, or why it could not be made. */
export type Datasource = { id: string; type: string } & (
  { source: TelemetrySource } | { error: Error }
);

interface TelemetrySourcesOptions {
  datasources: DatasourceConfig[];
  factories: TelemetrySourceFactory[];
  logger: LoggerService;
  metrics?: Pick<Metrics, 'meterOf'>;
}

/** The configured datasources, in the order of the configuration. */
export class TelemetrySources {
  readonly #factories: TelemetrySourceFactory[];
  readonly #logger: LoggerService;
  readonly #metrics: TelemetrySourcesOptions['metrics'];
  #changes = 0;
  /** By id, with the entry that each was made of. */
  #datasources = new Map<string, { entry: string; datasource: Datasource }>();

  /**
   * Makes every datasource that can be made. A malformed entry does not take the others down: it is logged, and stays
   * as a datasource that fails with the message.
   */
  constructor(options: TelemetrySourcesOptions) {
    const { datasources, factories, logger, metrics } = options;
    this.#factories = factories;
    this.#logger = logger;
    this.#metrics = metrics;
    this.#read(datasources);
  }

  /**
   * Takes the entries of a configuration that has changed, such as one with new credentials. A source whose entry is as
   * it was stays as it is; what is under way goes on with the source that it began with.
   */
  update(datasources: DatasourceConfig[]): void {
    for (const id of this.#read(datasources)) {
      this.#changes += 1;
      this.#logger.info(`Datasource '${id}' is used as configured now`);
    }
  }

  /** How often a datasource has changed since the start. */
  get changes(): number {
    return this.#changes;
  }

  /** Returns the ids of datasources whose entries are new or have changed. */
  #read(entries: DatasourceConfig[]): string[] {
    const before = this.#datasources;
    this.#datasources = new Map(
      entries.map(config => {
        const entry =
          'error' in config
            ? config.error.message
            : JSON.stringify(config.config.get());
        const known = before.get(config.id);
        return [
          config.id,
          known?.entry === entry && known.datasource.type === config.type
            ? known
            : { entry, datasource: this.#make(config) },
        ];
      }),
    );
    return [...this.#datasources]
      .filter(([id, made]) => before.get(id) !== made)
      .map(([id]) => id);
  }

  #make(entry: DatasourceConfig): Datasource {
    const { id, type } = entry;
    try {
      if ('error' in entry) throw entry.error;
      const factory = this.#factories.find(
        candidate => candidate.type === type,
      );
      if (!factory) {
        throw new Error(
          `type '${type}' is not known. Known are ${this.#factories
            .map(known => `'${known.type}'`)
            .sort()
            .join(', ')}; other types need their module installed.`,
        );
      }
      const { config } = entry;
      return {
        id,
        type,
        source: factory.create({
          id,
          config,
          logger: this.#logger,
          meter: this.#metrics?.meterOf(id),
        }),
      };
    } catch (cause) {
      const error = new Error(
        `Datasource '${id}' cannot be used: ${toError(cause).message}`,
      );
      this.#logger.error(error.message);
      return { id, type, error };
    }
  }

  list(): Datasource[] {
    return [...this.#datasources.values()].map(({ datasource }) => datasource);
  }

  /** The datasource of a service: the one its annotation names, else the first configured one. */
  forService(service: { datasourceId: string | null }): Datasource | undefined {
    return service.datasourceId === null
      ? this.list()[0]
      : this.#datasources.get(service.datasourceId)?.datasource;
  }

  /** False if the datasource cannot work until the configuration is corrected. */
  canRecover(id: string): boolean {
    const datasource = this.#datasources.get(id)?.datasource;
    return datasource !== undefined && 'source' in datasource;
  }

  isSimulated(id: string): boolean {
    const datasource = this.#datasources.get(id)?.datasource;
    return Boolean(
      datasource && 'source' in datasource && datasource.source.simulated,
    );
  }
}
