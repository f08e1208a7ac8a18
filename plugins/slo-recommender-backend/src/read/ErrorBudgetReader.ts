import {
  type ErrorBudgetQuery,
  type ErrorBudgetResponse,
  formatDuration,
} from 'backstage-plugin-slo-recommender-common';
import { errorBudget } from 'backstage-plugin-slo-recommender-engine';
import type { SloRecommenderConfig } from '../config';
import type { AnalysisStore, CatalogEntity, SliHistoryStore } from '../store';
import { settledHour } from '../analysis';
import type { DatasourceStatuses } from './DatasourceStatuses';
import { notAnalysedReason } from './notAnalysed';

/** What is left of an error budget, worked out from the stored counts. */
export class ErrorBudgetReader {
  readonly #options: {
    config: SloRecommenderConfig;
    analyses: AnalysisStore;
    history: SliHistoryStore;
    statuses: DatasourceStatuses;
    now: () => Date;
  };

  constructor(options: {
    config: SloRecommenderConfig;
    analyses: AnalysisStore;
    history: SliHistoryStore;
    statuses: DatasourceStatuses;
    now: () => Date;
  }) {
    this.#options = options;
  }

  async get(
    service: CatalogEntity,
    query: ErrorBudgetQuery,
  ): Promise<ErrorBudgetResponse> {
    const { config, analyses, history, statuses, now } = this.#options;
    const [current, datasource] = await Promise.all([
      analyses.getCurrentResult(service.entityRef),
      statuses.forService(service),
    ]);
    const result = current?.result;
    const availability = result?.recommendations.find(
      ({ sliType }) => sliType === 'availability',
    );
    const windowMs =
      result?.windowMs ?? service.windowMs ?? config.objectiveWindowMs;
    const asOfText = query.asOf ?? result?.asOf ?? null;
    const asOf = asOfText === null ? null : new Date(asOfText);
    const chosen = chooseObjective(
      query,
      service,
      result?.recommendedObjective,
    );

    const common = {
      entityRef: service.entityRef,
      asOf: asOf?.toISOString() ?? null,
      verdict: availability?.verdict ?? 'insufficient',
      reasons: availability?.reasons ?? [notAnalysedReason(datasource)],
      objective: chosen.objective,
      objectiveSource: chosen.source,
      window: formatDuration(windowMs),
      datasource,
    } as const;
    if (
      asOf === null ||
      chosen.objective === null ||
      availability?.verdict === 'invalid'
    ) {
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
    const to = settledHour(asOf, now());
    const from = new Date(to.getTime() - Math.max(config.lookbackMs, windowMs));
    const stored = await history.read('availability', [service.entityRef], {
      from,
      to,
    });
    const series = stored.get(service.entityRef)?.series ?? {
      startMs: from.getTime(),
      total: new Float64Array(0),
      bad: new Float64Array(0),
    };
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
