import { NotFoundError } from '@backstage/errors';
import {
  ALL_ENVIRONMENTS,
  AVAILABILITY_SLO,
  type ErrorBudgetQuery,
  type ErrorBudgetResponse,
  formatDuration,
  isSameThreshold,
  latencySloName,
  latencyThresholdOf,
  sloNameOf,
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
import type { CatalogEntity } from '../kernel/CatalogEntity';
import {
  notAnalysedReason,
  type ResultStore,
  type ServiceResult,
  type StoredRecommendation,
} from '../recommendations';
import {
  type DatasourceStatuses,
  type HourlyHistoryStore,
  readSloSeries,
} from '../telemetry';

export interface ErrorBudgetServiceOptions {
  config: SloRecommenderConfig;
  results: ResultStore;
  history: HourlyHistoryStore;
  statuses: DatasourceStatuses;
  now: () => Date;
}

/** What is left of an error budget, computed from the stored counts. */
export class ErrorBudgetService {
  readonly #options: ErrorBudgetServiceOptions;

  constructor(options: ErrorBudgetServiceOptions) {
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
    const slo = chooseSlo(query, service, result);
    const chosen = chooseObjective(query, slo);
    const to = asOf && settledHour(asOf, now());
    const series = to && (await this.#readSeries(service, slo, to, windowMs));
    const assessment =
      series && (query.asOf !== undefined || !slo.published)
        ? assess(series, to, windowMs)
        : slo.published;

    const common = {
      entityRef: service.entityRef,
      slo: slo.name,
      environment: ALL_ENVIRONMENTS,
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

  /** @throws NotFoundError if there is no such SLO: its latency threshold is not measured and not promised either. */
  async #readSeries(
    { entityRef }: CatalogEntity,
    { name, thresholdSeconds, promised, published }: ChosenSlo,
    to: Date,
    windowMs: number,
  ): Promise<CountSeries> {
    const { config, history } = this.#options;
    const from = new Date(to.getTime() - Math.max(config.lookbackMs, windowMs));
    const series = await readSloSeries(history, entityRef, thresholdSeconds, {
      from,
      to,
    });
    if (!series && promised === null && !published) {
      throw unknownSlo(
        entityRef,
        name,
        'No bucket of its latency histogram ends at this threshold.',
      );
    }
    return (
      series ?? {
        startMs: from.getTime(),
        total: new Float64Array(0),
        bad: new Float64Array(0),
      }
    );
  }
}

/** Returns the instant of the query, else that of the service's result. */
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

interface ChosenSlo {
  name: string;
  thresholdSeconds: number | undefined;
  /** Promised objective. */
  promised: number | null;
  /** Recommended objective. */
  recommended: number | null;
  /** What the latest analysis says of it. */
  published: StoredRecommendation | undefined;
}

/**
 * Availability unless another SLO is asked for; of several latency SLOs the recommended one, else the promised one.
 *
 * @throws NotFoundError naming what can be asked for.
 */
function chooseSlo(
  query: ErrorBudgetQuery,
  service: CatalogEntity,
  result: ServiceResult | undefined,
): ChosenSlo {
  const { entityRef, promisedObjective, promisedLatency } = service;
  const { sliType = query.slo ? undefined : 'availability' } = query;
  const name = sloNameOf({ ...query, sliType });
  const published = result?.recommendations.find(one =>
    name === undefined ? one.sliType === sliType : one.slo === name,
  );
  if ((query.environment ?? ALL_ENVIRONMENTS) !== ALL_ENVIRONMENTS) {
    throw unknownSlo(
      entityRef,
      name ?? 'latency',
      `Requests are not told apart by environment: leave 'environment' out, or write '${ALL_ENVIRONMENTS}'.`,
    );
  }
  if (name === AVAILABILITY_SLO) {
    return {
      name,
      thresholdSeconds: undefined,
      promised: promisedObjective,
      recommended: result?.recommendedObjective ?? null,
      published,
    };
  }
  const thresholdSeconds =
    published?.thresholdSeconds ??
    (name === undefined
      ? promisedLatency?.thresholdSeconds
      : latencyThresholdOf(name));
  if (thresholdSeconds === undefined) {
    throw unknownSlo(
      entityRef,
      name ?? 'latency',
      `Ask for '${AVAILABILITY_SLO}', or for a threshold such as 'latency-300ms'.`,
    );
  }
  return {
    name: name ?? latencySloName(thresholdSeconds),
    thresholdSeconds,
    promised: isSameThreshold(
      thresholdSeconds,
      promisedLatency?.thresholdSeconds,
    )
      ? (promisedLatency?.objective ?? null)
      : null,
    recommended: published?.tiers.balanced?.objective ?? null,
    published,
  };
}

function unknownSlo(entityRef: string, name: string, remedy: string) {
  return new NotFoundError(
    `'${entityRef}' has no such SLO '${name}'. ${remedy}`,
  );
}

function chooseObjective(
  query: ErrorBudgetQuery,
  { promised, recommended }: ChosenSlo,
): Pick<ErrorBudgetResponse, 'objective'> & {
  source: ErrorBudgetResponse['objectiveSource'];
} {
  if (query.objective !== undefined) {
    return { objective: query.objective, source: 'requested' };
  }
  if (promised !== null) return { objective: promised, source: 'promised' };
  if (recommended !== null) {
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
