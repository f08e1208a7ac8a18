import { NotFoundError } from '@backstage/errors';
import {
  type AnalysisResponse,
  formatDuration,
  type StatusResponse,
} from 'backstage-plugin-slo-recommender-common';
import type { SloRecommenderConfig } from '../kernel/config/readSloRecommenderConfig';
import type { DependenciesFeature } from '../dependencies';
import type { AnalysisStore } from './AnalysisStore';
import type { EntityStore } from '../catalog';
import type { ResultStore } from '../recommendations';
import type { DatasourceStatuses } from '../telemetry';

export interface StatusReaderOptions {
  config: SloRecommenderConfig;
  entities: EntityStore;
  analyses: AnalysisStore;
  results: ResultStore;
  statuses: DatasourceStatuses;
  dependencySources: Pick<DependenciesFeature, 'listSourceStatuses'>;
}

/** How the installation as a whole is doing, and its analyses. */
export class StatusReader {
  readonly #options: StatusReaderOptions;

  constructor(options: StatusReaderOptions) {
    this.#options = options;
  }

  async getStatus(): Promise<StatusResponse> {
    const { config, entities, analyses, results, statuses, dependencySources } =
      this.#options;
    const [services, telemetry, dependencies, currentId, asOf, active] =
      await Promise.all([
        entities.countServices(),
        statuses.list(),
        dependencySources.listSourceStatuses(),
        results.getCurrentAnalysisId(),
        results.getCurrentAsOf(),
        analyses.nextActive(),
      ]);
    const current =
      currentId === undefined ? undefined : await analyses.get(currentId);
    return {
      services,
      datasources: [...telemetry, ...dependencies],
      currentAnalysis: current?.finishedAt
        ? {
            id: current.id,
            asOf: asOf ?? current.asOf,
            finishedAt: current.finishedAt,
          }
        : null,
      activeAnalysis: active
        ? {
            id: active.id,
            asOf: active.asOf,
            status: active.status === 'running' ? 'running' : 'queued',
            progress: active.progress,
            phase: active.phase,
            backfill: active.backfill,
          }
        : null,
      objectiveWindow: formatDuration(config.objectiveWindowMs),
      lookback: formatDuration(config.lookbackMs),
      optIn: config.optIn,
      configurationIssues: config.issues,
    };
  }

  /** @throws NotFoundError where there is no such analysis, or its record was removed. */
  async getAnalysis(id: string): Promise<AnalysisResponse> {
    const analysis = await this.#options.analyses.get(id);
    if (!analysis) {
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
      services: analysis.services,
      requestedAt: analysis.requestedAt,
      startedAt: analysis.startedAt,
      finishedAt: analysis.finishedAt,
      backfill: analysis.backfill,
      ...(analysis.error !== null && { error: analysis.error }),
    };
  }
}
