import {
  formatDuration,
  type HistoryPoint,
  type RecommendationsResponse,
  type SliType,
} from 'backstage-plugin-slo-recommender-common';
import {
  dailyHistory,
  historyAsOf,
} from 'backstage-plugin-slo-recommender-engine';
import type { SloRecommenderConfig } from '../config';
import type {
  AnalysisStore,
  CatalogEntity,
  ServiceResult,
  SliHistoryStore,
} from '../store';
import { settledHour } from '../analysis';
import type { DatasourceStatuses } from './DatasourceStatuses';
import { notAnalysedReason } from './notAnalysed';

export interface RecommendationsReaderOptions {
  config: SloRecommenderConfig;
  analyses: AnalysisStore;
  history: SliHistoryStore;
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
    const { analyses, config, statuses } = this.#options;
    const [current, datasource] = await Promise.all([
      analyses.getCurrentResult(service.entityRef),
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
                {
                  sliType: 'availability',
                  verdict: 'insufficient',
                  reasons: [notAnalysedReason(datasource)],
                  achieved: null,
                  requests: null,
                  promised:
                    service.promisedObjective === null
                      ? null
                      : {
                          objective: service.promisedObjective,
                          attainment: null,
                        },
                  curve: [],
                  tiers: {
                    conservative: null,
                    balanced: null,
                    aggressive: null,
                  },
                  history: [],
                  dataQuality: {
                    completeness: 0,
                    historyDays: 0,
                    source: datasource?.id ?? null,
                    evidence: null,
                    failureDefinition: null,
                    findings: [],
                    simulated: datasource?.simulated ?? false,
                  },
                },
              ],
        datasource,
      };
    }
    const { result } = current;
    const history = await this.#readHistory(result);
    return {
      entityRef: service.entityRef,
      asOf: result.asOf,
      analysisId: current.analysisId,
      window: formatDuration(result.windowMs),
      recommendations: result.recommendations
        .filter(one => sliType === undefined || one.sliType === sliType)
        .map(one => ({ ...one, history })),
      datasource,
    };
  }

  async #readHistory(result: ServiceResult): Promise<HistoryPoint[]> {
    const { config, history, now } = this.#options;
    const asOf = new Date(result.asOf);
    const to = settledHour(asOf, now());
    const from = new Date(
      to.getTime() - Math.max(config.lookbackMs, result.windowMs),
    );
    const stored = await history.read('availability', [result.entityRef], {
      from,
      to,
    });
    const series = stored.get(result.entityRef)?.series;
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
}
