import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  type AnalysisResponse,
  formatDuration,
  type StatusResponse,
} from 'backstage-plugin-slo-recommender-common';
import type { SloRecommenderConfig } from '../kernel/config/readSloRecommenderConfig';
import type { DependenciesFeature } from '../dependencies';
import type { Analysis, AnalysisStore } from './AnalysisStore';
import type { EntityStore, Visibility } from '../catalog';
import type { ResultStore } from '../recommendations';
import type { DatasourceStatuses } from '../telemetry';

export interface StatusReaderOptions {
  config: SloRecommenderConfig;
  entities: EntityStore;
  analyses: AnalysisStore;
  results: ResultStore;
  statuses: DatasourceStatuses;
  dependencySources: Pick<DependenciesFeature, 'listSourceStatuses'>;
  visibility: Visibility;
}

/** Messages of datasources can count or quote services. */
const WITHHELD =
  'The message may be about services that the catalog hides from you. Those who run the portal can read it.';

/** How the installation as a whole is doing, and its analyses, as far as the caller may know. */
export class StatusReader {
  readonly #options: StatusReaderOptions;

  constructor(options: StatusReaderOptions) {
    this.#options = options;
  }

  async getStatus(credentials: BackstageCredentials): Promise<StatusResponse> {
    const { config, analyses, results, statuses, dependencySources } =
      this.#options;
    const [reader, telemetry, dependencies, currentId, asOf, active] =
      await Promise.all([
        this.#reader(credentials),
        statuses.list(),
        dependencySources.listSourceStatuses(),
        results.getCurrentAnalysisId(),
        results.getCurrentAsOf(),
        analyses.nextActive(),
      ]);
    const current =
      currentId === undefined ? undefined : await analyses.get(currentId);
    return {
      services: reader.services,
      datasources: [...telemetry, ...dependencies].map(one => ({
        ...one,
        message: reader.message(one.message),
      })),
      currentAnalysis: current?.finishedAt
        ? {
            id: current.id,
            asOf: asOf ?? current.asOf,
            finishedAt: current.finishedAt,
          }
        : null,
      activeAnalysis:
        active && reader.mayRead(active)
          ? {
              id: active.id,
              asOf: active.asOf,
              status: active.status === 'running' ? 'running' : 'queued',
              progress: active.progress,
              phase: active.phase,
              backfill: reader.seesAll ? active.backfill : null,
            }
          : null,
      objectiveWindow: formatDuration(config.objectiveWindowMs),
      lookback: formatDuration(config.lookbackMs),
      optIn: config.optIn,
      configurationIssues: config.issues,
    };
  }

  /**
   * @throws NotFoundError if there is no such analysis, its record was removed, or it is of services that the caller may
   * not read.
   */
  async getAnalysis(
    id: string,
    caller: { caller: string; credentials: BackstageCredentials },
  ): Promise<AnalysisResponse> {
    const [reader, analysis] = await Promise.all([
      this.#reader(caller.credentials),
      this.#options.analyses.get(id),
    ]);
    if (
      !analysis ||
      (!reader.mayRead(analysis) && analysis.requestedBy !== caller.caller)
    ) {
      throw new NotFoundError(
        `No analysis '${id}' here. Records of old analyses are removed.`,
      );
    }
    return {
      id: analysis.id,
      asOf: analysis.asOf,
      status: analysis.status,
      progress: analysis.progress,
      phase: analysis.phase,
      services: reader.seesAll
        ? analysis.services
        : Math.min(analysis.services, reader.services),
      requestedAt: analysis.requestedAt,
      startedAt: analysis.startedAt,
      finishedAt: analysis.finishedAt,
      backfill: reader.seesAll ? analysis.backfill : null,
      ...(analysis.error !== null && { error: reader.message(analysis.error) }),
    };
  }

  /** What the caller may know of analyses. One of the whole fleet concerns everybody who may read a service. */
  async #reader(credentials: BackstageCredentials) {
    const { entities, visibility } = this.#options;
    const visible = await visibility.all(credentials);
    const [services, seesAll] = await Promise.all([
      entities.countServices(visible?.id),
      visibility.seesEveryService(credentials),
    ]);
    return {
      services,
      seesAll,
      mayRead: ({ entityRefs }: Analysis) =>
        seesAll ||
        (entityRefs
          ? entityRefs.every(ref => visible?.entityRefs.has(ref))
          : services > 0),
      message: <T extends string | null>(text: T) =>
        seesAll || text === null ? text : WITHHELD,
    };
  }
}
