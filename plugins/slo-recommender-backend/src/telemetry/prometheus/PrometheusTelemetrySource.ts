import type {
  DependenciesAnswer,
  HourlyCountsAnswer,
  HourRange,
  TelemetryRequestOptions,
  TelemetryService,
  TelemetrySource,
} from 'backstage-plugin-slo-recommender-node';
import type { PrometheusClient } from './client';
import { fetchDependencies } from './dependencies';
import { fetchHourlyCounts } from './hourlyCounts';

/** Counts from span metrics and service graphs in Prometheus, Thanos, Mimir or VictoriaMetrics. */
export class PrometheusTelemetrySource implements TelemetrySource {
  readonly type = 'prometheus';
  readonly simulated = false;

  constructor(
    readonly id: string,
    private readonly client: PrometheusClient,
  ) {}

  fetchHourlyCounts(
    services: TelemetryService[],
    range: HourRange,
    options: TelemetryRequestOptions = {},
  ): Promise<HourlyCountsAnswer> {
    return fetchHourlyCounts(this.client, services, range, options);
  }

  fetchDependencies(
    range: HourRange,
    options: TelemetryRequestOptions = {},
  ): Promise<DependenciesAnswer> {
    return fetchDependencies(this.client, range, options);
  }
}
