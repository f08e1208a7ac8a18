import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import type {
  HourRange,
  TelemetrySourceFactory,
} from 'backstage-plugin-slo-recommender-node';
import { prometheusTelemetrySourceFactory } from 'backstage-plugin-slo-recommender-prometheus';
import type { SyntheticFleet } from 'backstage-plugin-slo-recommender-prometheus/testing';
import type { Knex } from 'knex';
import { aService } from '../../__testUtils__/entities';
import type { CatalogEntity } from '../../kernel/CatalogEntity';
import { DataQualityStore } from '../DataQualityStore';
import { DatasourceStatusStore } from '../DatasourceStatusStore';
import { FetchedCallsStore } from '../FetchedCallsStore';
import { inBatches } from '../../kernel/database/database';
import { AVAILABILITY_COUNTS } from '../history/countsCodec';
import { HourlyHistoryStore } from '../history/HourlyHistoryStore';
import { TelemetrySources } from '../TelemetrySources';
import type { SyncProgress } from '../FetchProgress';
import { TelemetrySync } from '../TelemetrySync';
import { HOUR_MS } from '../../kernel/time/hours';

const SILENT: LoggerService = {
  error() {},
  warn() {},
  info() {},
  debug() {},
  child: () => SILENT,
};

/** What a process that has just started fetches a fleet with, from one server into one database. */
export class FleetFetch {
  readonly history: HourlyHistoryStore;
  readonly statuses: DatasourceStatusStore;
  readonly sources: TelemetrySources;
  readonly #fleet: SyntheticFleet;
  readonly #services: CatalogEntity[];
  readonly #sync: TelemetrySync;

  constructor(options: {
    fleet: SyntheticFleet;
    /** Which series of a service count; all of them by default. */
    matchersOf?(name: string): CatalogEntity['matchers'];
    knex: Knex;
    /** Entry of the datasource: its URL at least. */
    entry: JsonObject;
    now: () => Date;
    /** The source of `type: prometheus`. */
    factory?: TelemetrySourceFactory;
  }) {
    const { knex, entry } = options;
    this.#fleet = options.fleet;
    this.#services = this.#fleet.names.map(name =>
      aService(name, { matchers: options.matchersOf?.(name) ?? null }),
    );
    this.history = new HourlyHistoryStore(knex);
    this.statuses = new DatasourceStatusStore(knex);
    this.sources = new TelemetrySources({
      datasources: [
        { id: 'main', type: 'prometheus', config: new ConfigReader(entry) },
      ],
      factories: [options.factory ?? prometheusTelemetrySourceFactory],
      logger: SILENT,
    });
    this.#sync = new TelemetrySync({
      sources: this.sources,
      history: this.history,
      dataQuality: new DataQualityStore(knex),
      fetchedCalls: new FetchedCallsStore(knex),
      statuses: this.statuses,
      logger: SILENT,
      now: options.now,
    });
  }

  /** Fetches what is missing in the range. */
  async run(
    range: HourRange,
    options: {
      signal?: AbortSignal;
      onProgress?(progress: SyncProgress): void;
    } = {},
  ) {
    const [outcome] = await this.#sync.run(this.#services, range, {
      signal: options.signal ?? new AbortController().signal,
      onProgress: async progress => options.onProgress?.(progress),
    });
    return outcome;
  }

  /**
   * Hours of services whose stored counts are not the true ones.
   *
   * @param counts - which stored counts are compared; all by default, unknown ones included.
   */
  async countWrong(
    range: HourRange,
    counts: (total: number, bad: number) => boolean = () => true,
  ): Promise<number> {
    let wrong = 0;
    for (const names of inBatches(this.#fleet.names, 100)) {
      const refs = names.map(name => aService(name).entityRef);
      const stored = await this.history.read(AVAILABILITY_COUNTS, refs, range);
      for (const [index, name] of names.entries()) {
        const series = stored.get(refs[index])?.series;
        for (
          let atMs = range.from.getTime(), hour = 0;
          atMs < range.to.getTime();
          atMs += HOUR_MS, hour++
        ) {
          const truth = this.#fleet.countsOf(name, atMs);
          const total = series?.total[hour] ?? NaN;
          const bad = series?.bad[hour] ?? NaN;
          const isRight =
            Object.is(total, truth?.total ?? NaN) &&
            Object.is(bad, truth?.bad ?? NaN);
          if (!isRight && counts(total, bad)) wrong += 1;
        }
      }
    }
    return wrong;
  }
}
