import {
  formatDuration,
  type HistoryPoint,
  isSameThreshold,
  type RecommendationsResponse,
  type SliType,
} from 'backstage-plugin-slo-recommender-common';
import {
  type CountSeries,
  dailyHistory,
  historyAsOf,
  thresholdSeries,
} from 'backstage-plugin-slo-recommender-engine';
import type { HourRange } from 'backstage-plugin-slo-recommender-node';
import type { SloRecommenderConfig } from '../kernel/config/readSloRecommenderConfig';
import type {
  CatalogEntity,
  ResultStore,
  ServiceResult,
  StoredRecommendation,
} from '../store';
import { settledHour } from '../kernel/time/hours';
import {
  AVAILABILITY_COUNTS,
  type HourlyHistoryStore,
  LATENCY_HISTOGRAMS,
} from '../telemetry';
import type { DatasourceStatuses } from './DatasourceStatuses';
import { notAnalysedReason } from './notAnalysed';
import { notAnalysedRecommendation } from './notAnalysedRecommendation';

export interface RecommendationsReaderOptions {
  config: SloRecommenderConfig;
  results: ResultStore;
  history: HourlyHistoryStore;
  statuses: DatasourceStatuses;
  now: () => Date;
}

/** What can be promised for one service, as its latest analysis says. */
export class RecommendationsReader {
  readonly #options: RecommendationsReaderOptions;

  constructor(options: RecommendationsReaderOptions) {
    this.#options = options;
  }

  async get(
    service: CatalogEntity,
    sliType: SliType | undefined,
  ): Promise<RecommendationsResponse> {
    const { results, config, statuses } = this.#options;
    const [current, datasource] = await Promise.all([
      results.getCurrent(service.entityRef),
      statuses.forService(service),
    ]);
    if (!current) {
      return {
        entityRef: service.entityRef,
        asOf: null,
        analysisId: null,
        window: formatDuration(service.windowMs ?? config.objectiveWindowMs),
        recommendations:
          sliType === 'latency'
            ? []
            : [
                notAnalysedRecommendation({
                  reason: notAnalysedReason(datasource),
                  promisedObjective: service.promisedObjective,
                  datasource,
                }),
              ],
        datasource,
      };
    }
    const { result } = current;
    const wanted = result.recommendations.filter(
      one => sliType === undefined || one.sliType === sliType,
    );
    return {
      entityRef: service.entityRef,
      asOf: result.asOf,
      analysisId: current.analysisId,
      window: formatDuration(result.windowMs),
      recommendations: await Promise.all(
        wanted.map(async one => ({
          ...one,
          history: await this.#readHistory(result, one),
        })),
      ),
      datasource,
    };
  }

  async #readHistory(
    result: ServiceResult,
    recommendation: StoredRecommendation,
  ): Promise<HistoryPoint[]> {
    const { config, now } = this.#options;
    const to = settledHour(new Date(result.asOf), now());
    const from = new Date(
      to.getTime() - Math.max(config.lookbackMs, result.windowMs),
    );
    const series = await this.#readSeries(result.entityRef, recommendation, {
      from,
      to,
    });
    if (!series) return [];
    const days = dailyHistory(
      historyAsOf(series, to.getTime()),
      result.windowMs,
    );
    const firstBusy = days.findIndex(({ requests }) => (requests ?? 0) > 0);
    return days
      .slice(firstBusy === -1 ? days.length : firstBusy)
      .map(({ dayMs, requests, badRequests, rollingRatio }) => ({
        day: new Date(dayMs).toISOString().slice(0, 10),
        requests,
        badRequests,
        rollingRatio,
      }));
  }

  async #readSeries(
    entityRef: string,
    { sliType, thresholdSeconds }: StoredRecommendation,
    range: HourRange,
  ): Promise<CountSeries | undefined> {
    if (sliType === 'availability') {
      const stored = await this.#options.history.read(
        AVAILABILITY_COUNTS,
        [entityRef],
        range,
      );
      return stored.get(entityRef)?.series;
    }
    const stored = await this.#options.history.read(
      LATENCY_HISTOGRAMS,
      [entityRef],
      range,
    );
    const history = stored.get(entityRef)?.series;
    const bound = history?.boundsSeconds.findIndex(seconds =>
      isSameThreshold(seconds, thresholdSeconds),
    );
    return history && bound !== undefined && bound >= 0
      ? thresholdSeries(history, bound)
      : undefined;
  }
}
