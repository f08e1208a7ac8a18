import type {
  TelemetrySourceFactory,
  DependenciesAnswer,
  HourlyCountsAnswer,
  HourlyLatenciesAnswer,
  HourRange,
  TelemetryRequestOptions,
  TelemetryService,
  TelemetrySource,
} from 'backstage-plugin-slo-recommender-node';
import { z } from 'zod';
import { PrometheusClient } from './client/PrometheusClient';
import { readPrometheusConfig } from './config';
import { fetchHourlyCounts } from './counts/fetchHourlyCounts';
import { groupServices } from './counts/groupServices';
import { type DialectConfig, readDialectConfig } from './dialects/config';
import { fetchDependencies } from './edges/dependencies';
import { fetchHourlyLatencies } from './histograms/fetchHourlyLatencies';
import { DatasourceSurvey } from './survey/DatasourceSurvey';

const notesText = z.array(z.tuple([z.string(), z.string()]));

/** Notes of another version of the program are none. */
function readNotes(text = '[]'): [question: string, answer: string][] {
  return notesText.safeParse(JSON.parse(text)).data ?? [];
}

/** Counts and latencies from the metrics of spans, servers, meshes and service graphs in Prometheus, Thanos, Mimir or VictoriaMetrics. */
export class PrometheusTelemetrySource implements TelemetrySource {
  readonly type = 'prometheus';
  readonly simulated = false;

  readonly #client: PrometheusClient;
  readonly #survey: DatasourceSurvey;

  constructor(
    readonly id: string,
    client: PrometheusClient,
    dialects: DialectConfig = {},
  ) {
    this.#client = client;
    this.#survey = new DatasourceSurvey(client, dialects);
  }

  async learn(
    range: HourRange,
    { known, signal }: TelemetryRequestOptions & { known?: string } = {},
  ): Promise<string> {
    const notes = new Map(readNotes(known));
    await this.#survey.through(this.#client.noting(notes)).learn(range, signal);
    return JSON.stringify([...notes]);
  }

  groupServices<S extends TelemetryService>(
    services: S[],
    range: HourRange,
    options: TelemetryRequestOptions = {},
  ): Promise<S[][]> {
    return groupServices(this.#client, this.#survey, services, range, options);
  }

  fetchHourlyCounts(
    services: TelemetryService[],
    range: HourRange,
    options: TelemetryRequestOptions = {},
  ): Promise<HourlyCountsAnswer> {
    return fetchHourlyCounts(
      this.#client,
      this.#survey,
      services,
      range,
      options,
    );
  }

  fetchHourlyLatencies(
    services: TelemetryService[],
    range: HourRange,
    options: TelemetryRequestOptions = {},
  ): Promise<HourlyLatenciesAnswer> {
    return fetchHourlyLatencies(
      this.#client,
      this.#survey,
      services,
      range,
      options,
    );
  }

  fetchDependencies(
    range: HourRange,
    options: TelemetryRequestOptions = {},
  ): Promise<DependenciesAnswer> {
    return fetchDependencies(this.#client, this.#survey, range, options);
  }
}

/** Makes telemetry sources of entries with `type: prometheus`. */
export const prometheusTelemetrySourceFactory: TelemetrySourceFactory = {
  type: 'prometheus',
  create({ id, config, meter }) {
    return new PrometheusTelemetrySource(
      id,
      new PrometheusClient(readPrometheusConfig(id, config), { meter }),
      readDialectConfig(id, config),
    );
  },
};
