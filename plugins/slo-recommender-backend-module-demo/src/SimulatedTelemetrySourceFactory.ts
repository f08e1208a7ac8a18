import type { DatabaseService } from '@backstage/backend-plugin-api';
import { ForwardedError } from '@backstage/errors';
import type {
  TelemetrySource,
  TelemetrySourceFactory,
} from 'backstage-plugin-slo-recommender-node';
import { AnchorStore } from './anchor';
import { readSimulatedConfig } from './readSimulatedConfig';
import { SimulatedCompany } from './simulation';
import { SimulatedTelemetrySource } from './SimulatedTelemetrySource';

type CreateOptions = Parameters<TelemetrySourceFactory['create']>[0];

/** Makes sources of type `simulated`. The database is touched only once such a source is asked for something. */
export class SimulatedTelemetrySourceFactory implements TelemetrySourceFactory {
  readonly type = 'simulated';
  private readonly database: DatabaseService;
  private readonly now: () => number;

  /** @param options.now - the time in ms since 1970; default `Date.now` */
  constructor(options: { database: DatabaseService; now?(): number }) {
    this.database = options.database;
    this.now = options.now ?? Date.now;
  }

  create({ id, config }: CreateOptions): TelemetrySource {
    const { seed, anchor } = readSimulatedConfig(id, config);
    let company: Promise<SimulatedCompany> | undefined;
    return new SimulatedTelemetrySource({
      id,
      now: this.now,
      company: () => {
        company ??= this.anchorOf(id, anchor).then(
          known => new SimulatedCompany({ seed, anchor: known }),
          cause => {
            // The next request tries again.
            company = undefined;
            throw new ForwardedError(
              `Datasource ${JSON.stringify(
                id,
              )} cannot read its anchor from the plugin's database`,
              cause,
            );
          },
        );
        return company;
      },
    });
  }

  private async anchorOf(id: string, configured?: Date): Promise<Date> {
    if (configured) return configured;
    const store = await AnchorStore.create(this.database);
    return store.anchorOf(id, this.now());
  }
}
