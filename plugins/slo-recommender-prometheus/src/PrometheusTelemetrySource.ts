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

/** Services of which the same series count, by what selects those. */
function bySelection<S extends TelemetryService>(services: S[]): S[][] {
  return [
    ...Map.groupBy(services, ({ matchers }) =>
      JSON.stringify(matchers ?? []),
    ).values(),
  ];
}

/** Answers of which each is for other services. */
function mergeMaps<T>(
  maps: readonly (Map<string, T> | undefined)[],
): Map<string, T> {
  return new Map(maps.flatMap(map => [...(map ?? [])]));
}

/** Counts and latencies from the metrics of spans, servers, meshes and service graphs in Prometheus, Thanos, Mimir or VictoriaMetrics. */
export class PrometheusTelemetrySource implements TelemetrySource {
  readonly type = 'prometheus';
  readonly simulated = false;
  readonly selection: string | undefined;

  readonly #client: PrometheusClient;
  readonly #survey: DatasourceSurvey;

  constructor(
    readonly id: string,
    client: PrometheusClient,
    dialects: DialectConfig = {},
  ) {
    this.#client = client;
    this.selection = dialects.matchers && JSON.stringify(dialects.matchers);
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

  async groupServices<S extends TelemetryService>(
    services: S[],
    range: HourRange,
    options: TelemetryRequestOptions = {},
  ): Promise<S[][]> {
    const groups: S[][] = [];
    for (const members of bySelection(services)) {
      groups.push(
        ...(await groupServices(this.#survey, members, range, options)),
      );
    }
    return groups;
  }

  async fetchHourlyCounts(
    services: TelemetryService[],
    range: HourRange,
    options: TelemetryRequestOptions = {},
  ): Promise<HourlyCountsAnswer> {
    const answers = await this.#askBySelection(
      fetchHourlyCounts,
      services,
      range,
      options,
    );
    return {
      counts: mergeMaps(answers.map(({ counts }) => counts)),
      findings: mergeMaps(answers.map(({ findings }) => findings)),
      warnings: answers.flatMap(({ warnings }) => warnings),
    };
  }

  async fetchHourlyLatencies(
    services: TelemetryService[],
    range: HourRange,
    options: TelemetryRequestOptions = {},
  ): Promise<HourlyLatenciesAnswer> {
    const answers = await this.#askBySelection(
      fetchHourlyLatencies,
      services,
      range,
      options,
    );
    return {
      latencies: mergeMaps(answers.map(({ latencies }) => latencies)),
      findings: mergeMaps(answers.map(({ findings }) => findings)),
      warnings: answers.flatMap(({ warnings }) => warnings),
    };
  }

  /** Asks for services together of which the same series count. */
  async #askBySelection<T>(
    ask: (
      client: PrometheusClient,
      survey: DatasourceSurvey,
      services: TelemetryService[],
      range: HourRange,
      options: TelemetryRequestOptions,
    ) => Promise<T>,
    services: TelemetryService[],
    range: HourRange,
    { signal, onProgress }: TelemetryRequestOptions,
  ): Promise<T[]> {
    const answers: T[] = [];
    const groups = services.length > 0 ? bySelection(services) : [services];
    for (const [index, members] of groups.entries()) {
      const survey = this.#survey.selecting(members[0]?.matchers ?? []);
      answers.push(
        await ask(this.#client, survey, members, range, {
          signal,
          onProgress: share => onProgress?.((index + share) / groups.length),
        }),
      );
    }
    return answers;
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
