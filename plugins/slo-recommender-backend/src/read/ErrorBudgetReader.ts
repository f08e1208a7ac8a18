import {
  type ErrorBudgetQuery,
  type ErrorBudgetResponse,
  formatDuration,
  writeReason,
} from 'backstage-plugin-slo-recommender-common';
import {
  assessHistory,
  type CountSeries,
  errorBudget,
  historyAsOf,
} from 'backstage-plugin-slo-recommender-engine';
import type { SloRecommenderConfig } from '../kernel/config/readSloRecommenderConfig';
import { requireInstant } from '../kernel/time/requireInstant';
import { settledHour } from '../kernel/time/hours';
import type { CatalogEntity, ResultStore, ServiceResult } from '../store';
import { AVAILABILITY_COUNTS, type HourlyHistoryStore } from '../telemetry';
import type { DatasourceStatuses } from './DatasourceStatuses';
import { notAnalysedReason } from './notAnalysed';

export interface ErrorBudgetReaderOptions {
  config: SloRecommenderConfig;
  results: ResultStore;
  history: HourlyHistoryStore;
  statuses: DatasourceStatuses;
  now: () => Date;
}

/** What is left of an error budget, worked out from the stored counts. */
export class ErrorBudgetReader {
  readonly #options: ErrorBudgetReaderOptions;

  constructor(options: ErrorBudgetReaderOptions) {
    this.#options = options;
  }

  async get(
    service: CatalogEntity,
    query: ErrorBudgetQuery,
  ): Promise<ErrorBudgetResponse> {
    const { config, results, statuses, now } = this.#options;
    const [current, datasource] = await Promise.all([
      results.getCurrent(service.entityRef),
      statuses.forService(service),
    ]);
    const result = current?.result;
    const windowMs =
      result?.windowMs ?? service.windowMs ?? config.objectiveWindowMs;
    const asOf = chooseInstant(query, result, now());
    const chosen = chooseObjective(
      query,
      service,
      result?.recommendedObjective,
    );
    const to = asOf && settledHour(asOf, now());
    const series = to && (await this.#readSeries(service, to, windowMs));
    const published = result?.recommendations.find(
      ({ sliType }) => sliType === 'availability',
    );
    const assessment =
      query.asOf !== undefined && series
        ? assess(series, to, windowMs)
        : published;

    const common = {
      entityRef: service.entityRef,
      asOf: asOf?.toISOString() ?? null,
      verdict: assessment?.verdict ?? 'insufficient',
      reasons: assessment?.reasons ?? [notAnalysedReason(datasource)],
      objective: chosen.objective,
      objectiveSource: chosen.source,
      window: formatDuration(windowMs),
      datasource,
    } as const;
    if (!series || chosen.objective === null || common.verdict === 'invalid') {
      return {
        ...common,
        totalRequests: null,
        badRequests: null,
        budgetRequests: null,
        budgetMinutes: null,
        spent: null,
        remaining: null,
        completeness: 0,
        burnRates: [],
        exhaustedAt: null,
        burnDown: [],
        pastWindows: [],
      };
    }
    const budget = errorBudget({
      series,
      asOfMs: to.getTime(),
      windowMs,
      objective: chosen.objective,
    });
    const instant = (ms: number) => new Date(ms).toISOString();
    return {
      ...common,
      totalRequests: budget.totalRequests,
      badRequests: budget.badRequests,
      budgetRequests: budget.budgetRequests,
      budgetMinutes: budget.budgetMinutes,
      spent: budget.spent,
      remaining: budget.remaining,
      completeness: budget.completeness,
      burnRates: budget.burnRates.map(({ windowMs: window, rate }) => ({
        window: formatDuration(window),
        rate,
      })),
      exhaustedAt:
        budget.exhaustedAtMs === null ? null : instant(budget.exhaustedAtMs),
      burnDown: budget.burnDown.map(({ atMs, remaining }) => ({
        at: instant(atMs),
        remaining,
      })),
      pastWindows: budget.pastWindows.map(({ fromMs, toMs, ratio, kept }) => ({
        from: instant(fromMs),
        to: instant(toMs),
        ratio,
        kept,
      })),
    };
  }

  async #readSeries(
    service: CatalogEntity,
    to: Date,
    windowMs: number,
  ): Promise<CountSeries> {
    const { config, history } = this.#options;
    const from = new Date(to.getTime() - Math.max(config.lookbackMs, windowMs));
    const stored = await history.read(
      AVAILABILITY_COUNTS,
      [service.entityRef],
      {
        from,
        to,
      },
    );
    return (
      stored.get(service.entityRef)?.series ?? {
        startMs: from.getTime(),
        total: new Float64Array(0),
        bad: new Float64Array(0),
      }
    );
  }
}

/** The instant asked for, else that of the service's result. */
function chooseInstant(
  query: ErrorBudgetQuery,
  result: ServiceResult | undefined,
  now: Date,
): Date | undefined {
  if (query.asOf !== undefined) {
    const asOf = new Date(query.asOf);
    requireInstant(asOf, now);
    return asOf;
  }
  return result && new Date(result.asOf);
}

function chooseObjective(
  query: ErrorBudgetQuery,
  service: CatalogEntity,
  recommended: number | null | undefined,
): Pick<ErrorBudgetResponse, 'objective'> & {
  source: ErrorBudgetResponse['objectiveSource'];
} {
  if (query.objective !== undefined) {
    return { objective: query.objective, source: 'requested' };
  }
  if (service.promisedObjective !== null) {
    return { objective: service.promisedObjective, source: 'promised' };
  }
  if (recommended !== null && recommended !== undefined) {
    return { objective: recommended, source: 'recommended' };
  }
  return { objective: null, source: null };
}

function assess(series: CountSeries, to: Date, windowMs: number) {
  const { verdict, reasons } = assessHistory(
    historyAsOf(series, to.getTime()),
    windowMs,
  );
  return { verdict, reasons: reasons.map(writeReason) };
}
