import {
  type DatasourceStatus,
  type FleetCalibrationResponse,
  formatDuration,
  type HistoryPoint,
  type Recommendation,
  type RecommendationsQuery,
  type RecommendationsResponse,
  recommendationsResponseSchema,
  type SliType,
  sloNameOf,
} from 'backstage-plugin-slo-recommender-common';
import {
  type DailyHistory,
  dailyHistory,
} from 'backstage-plugin-slo-recommender-engine';
import { z } from 'zod';
import packageJson from '../../package.json';
import type { CalibrationStore } from './CalibrationStore';
import type { SloRecommenderConfig } from '../kernel/config/readSloRecommenderConfig';
import type { CatalogEntity } from '../kernel/CatalogEntity';
import type { ResultStore } from './ResultStore';
import type { ServiceResult, StoredRecommendation } from './storedResults';
import { type ReadyAnswer, ReadyAnswers } from '../kernel/http/answers';
import { DAY_MS, dayText, settledHour } from '../kernel/time/hours';
import {
  type DatasourceStatuses,
  type HourlyHistoryStore,
  readSloSeries,
} from '../telemetry';
import { notAnalysedReason, notAnalysedRecommendation } from './notAnalysed';

export interface RecommendationsServiceOptions {
  config: SloRecommenderConfig;
  results: ResultStore;
  calibrations: CalibrationStore;
  history: HourlyHistoryStore;
  statuses: DatasourceStatuses;
  now: () => Date;
}

/** Room for the answers about the services that people look at, 40 kB each. */
const MAX_ANSWERS_BYTES = 64 * 2 ** 20;

/** Recommendations are checked when they are read from the database: a second time costs as much as all else. */
const response = recommendationsResponseSchema.extend({
  recommendations: z.array(z.custom<Recommendation>()),
});

/** What can be promised for one service, as its latest analysis says. */
export class RecommendationsService {
  readonly #options: RecommendationsServiceOptions;
  readonly #answers = new ReadyAnswers({ response }, MAX_ANSWERS_BYTES);

  constructor(options: RecommendationsServiceOptions) {
    this.#options = options;
  }

  /** As `get`, ready to send: made once for all who ask before the next analysis. */
  async answer(
    service: CatalogEntity,
    query: RecommendationsQuery,
  ): Promise<ReadyAnswer> {
    const { results, statuses, config } = this.#options;
    const { lookbackMs, objectiveWindowMs } = config;
    const [analysisId, datasource] = await Promise.all([
      results.getCurrentAnalysisId(),
      statuses.forService(service),
    ]);
    return this.#answers.answer(
      [
        packageJson.version,
        { lookbackMs, objectiveWindowMs },
        analysisId ?? null,
        service,
        query,
        datasource,
      ],
      () => this.#read(service, query, datasource),
    );
  }

  async get(
    service: CatalogEntity,
    query: RecommendationsQuery,
  ): Promise<RecommendationsResponse> {
    const datasource = await this.#options.statuses.forService(service);
    return this.#read(service, query, datasource);
  }

  async #read(
    service: CatalogEntity,
    query: RecommendationsQuery,
    datasource: DatasourceStatus | null,
  ): Promise<RecommendationsResponse> {
    const { results, config } = this.#options;
    const current = await results.getCurrent(service.entityRef);
    if (!current) {
      return {
        entityRef: service.entityRef,
        asOf: null,
        analysisId: null,
        window: formatDuration(service.windowMs ?? config.objectiveWindowMs),
        recommendations: [
          notAnalysedRecommendation({
            reason: notAnalysedReason(datasource),
            promisedObjective: service.promisedObjective,
            datasource,
          }),
        ].filter(one => matches(one, query)),
        datasource,
      };
    }
    const { result } = current;
    const wanted = result.recommendations.filter(one => matches(one, query));
    return {
      entityRef: service.entityRef,
      asOf: result.asOf,
      analysisId: current.analysisId,
      window: formatDuration(result.windowMs),
      recommendations: await Promise.all(
        wanted.map(async ({ days, ...one }) => ({
          ...one,
          history: historyPoints(days ?? (await this.#readDays(result, one))),
        })),
      ),
      datasource,
    };
  }

  /** How past predictions of the fleet turned out, for those who may read every service. */
  async getFleetCalibration(
    sliType: SliType,
  ): Promise<FleetCalibrationResponse> {
    const current = await this.#options.calibrations.getCurrentReport(sliType);
    if (current) return { sliType, asOf: current.asOf, ...current.report };
    return {
      sliType,
      asOf: null,
      state: 'uncalibrated',
      message: `No analysis of the whole fleet has judged predictions of ${sliType} yet. One follows within a minute after the first service is opted in, and every hour; if it fails, GET /v1/status names the datasource and the remedy.`,
      windows: 0,
      services: 0,
      reliability: [],
      pitHistogram: [],
      brierScore: null,
      pinballLoss: null,
      vacuousShare: null,
      brokenShare: null,
      coverage: [],
      monthly: [],
    };
  }

  /** Reads the days of a result that was stored without. */
  async #readDays(
    result: ServiceResult,
    recommendation: StoredRecommendation,
  ): Promise<DailyHistory | undefined> {
    const { config, now } = this.#options;
    const to = result.dataUntil
      ? new Date(result.dataUntil)
      : settledHour(new Date(result.asOf), now());
    const from = new Date(
      to.getTime() - Math.max(config.lookbackMs, result.windowMs),
    );
    const series = await readSloSeries(
      this.#options.history,
      result.entityRef,
      recommendation.thresholdSeconds,
      { from, to },
    );
    return series && dailyHistory(series, result);
  }
}

function historyPoints(days: DailyHistory | undefined): HistoryPoint[] {
  if (!days) return [];
  const { firstDayMs, requests, badRequests, rollingRatio } = days;
  const known = (value: number) => (Number.isNaN(value) ? null : value);
  return Array.from(requests, (_, day) => ({
    day: dayText(firstDayMs + day * DAY_MS),
    requests: known(requests[day]),
    badRequests: known(badRequests[day]),
    rollingRatio: known(rollingRatio[day]),
  }));
}

function matches(
  { sliType, slo, environment }: StoredRecommendation,
  query: RecommendationsQuery,
): boolean {
  return (
    sliType === (query.sliType ?? sliType) &&
    slo === (sloNameOf(query) ?? slo) &&
    environment === (query.environment ?? environment)
  );
}
