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
import { groupServices } from './plan';
import { DatasourceSurvey } from './survey';
import type { DialectConfig } from './dialectConfig';

/** Counts from the metrics of spans, servers, meshes and service graphs in Prometheus, Thanos, Mimir or VictoriaMetrics. */
export class PrometheusTelemetrySource implements TelemetrySource {
  readonly type = 'prometheus';
  readonly simulated = false;

  private readonly survey: DatasourceSurvey;

  constructor(
    readonly id: string,
    private readonly client: PrometheusClient,
    dialects: DialectConfig = {},
  ) {
    this.survey = new DatasourceSurvey(client, dialects);
  }

  groupServices<S extends TelemetryService>(
    services: S[],
    range: HourRange,
    options: TelemetryRequestOptions = {},
  ): Promise<S[][]> {
    return groupServices(this.client, this.survey, services, range, options);
  }

  fetchHourlyCounts(
    services: TelemetryService[],
    range: HourRange,
    options: TelemetryRequestOptions = {},
  ): Promise<HourlyCountsAnswer> {
    return fetchHourlyCounts(
      this.client,
      this.survey,
      services,
      range,
      options,
    );
  }

  fetchDependencies(
    range: HourRange,
    options: TelemetryRequestOptions = {},
  ): Promise<DependenciesAnswer> {
    return fetchDependencies(this.client, this.survey, range, options);
  }
}
