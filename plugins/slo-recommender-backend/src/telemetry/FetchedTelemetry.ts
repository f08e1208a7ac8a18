import type { CountSeries } from 'backstage-plugin-slo-recommender-engine';
import type {
  HourRange,
  ObservedDependency,
} from 'backstage-plugin-slo-recommender-node';
import { analysedServices, findNamesOfOthers } from '../catalog';
import type { TelemetrySources } from './TelemetrySources';
import type { SloRecommenderConfig } from '../kernel/config/readSloRecommenderConfig';
import { type AnalysisStep, AnalysisValue } from '../kernel/tasks/analysis';
import { HOUR_MS, settledHour } from '../kernel/time/hours';
import type { CatalogEntity } from '../kernel/CatalogEntity';
import type {
  DatasourceOutcome,
  FailedFetch,
  TelemetrySync,
} from './TelemetrySync';

/** Requests that a service served in the time in which its datasource counted calls. */
export interface ServedRequests {
  requests: number;
  seconds: number;
}

/** What an analysis fetched. */
export class FetchedTelemetry {
  /** By entity reference. */
  readonly served = new Map<string, ServedRequests>();

  constructor(
    readonly range: HourRange,
    readonly outcomes: DatasourceOutcome[],
  ) {}

  /** Why counts could not be had, by entity reference. */
  get failures(): Map<string, string> {
    return messagesOf(this.outcomes.map(({ failed }) => failed));
  }

  /** Why latencies could not be had, by entity reference. */
  get latencyFailures(): Map<string, string> {
    return messagesOf(
      this.outcomes.map(({ latenciesFailed }) => latenciesFailed),
    );
  }

  /** Notes how many requests a service served in the time in which its datasource counted calls. */
  noteServed(
    entityRef: string,
    datasourceId: string | null,
    series: CountSeries,
  ): void {
    const seconds = this.outcomes.find(
      outcome => outcome.datasourceId === datasourceId,
    )?.dependencies?.seconds;
    if (seconds === undefined) return;
    const end = Math.round(
      (this.range.to.getTime() - series.startMs) / HOUR_MS,
    );
    const begin = Math.max(0, end - Math.ceil((seconds * 1_000) / HOUR_MS));
    const known = series.total
      .subarray(begin, end)
      .filter(total => total >= 0 && Number.isFinite(total));
    if (known.length === 0) return;
    this.served.set(entityRef, {
      requests: known.reduce((sum, total) => sum + total, 0),
      seconds: (known.length * HOUR_MS) / 1_000,
    });
  }
}

export const fetchedTelemetry = new AnalysisValue<FetchedTelemetry>(
  'telemetry',
);

/** Adds the names that calls show services to have, given every service. */
export type WithNames = (
  services: CatalogEntity[],
  observed: ObservedDependency[],
  all: CatalogEntity[],
) => Promise<CatalogEntity[]>;

/** Brings the stored telemetry of the analysed services up to date. */
export function fetchTelemetry(options: {
  config: Pick<SloRecommenderConfig, 'lookbackMs'>;
  sources: TelemetrySources;
  sync: TelemetrySync;
  withNames: WithNames;
  now: () => Date;
}): AnalysisStep {
  return {
    stage: 'fetch',
    name: 'Fetching telemetry',
    share: 70,
    async run(context, report) {
      const { all, scope } = analysedServices.get(context);
      const to = settledHour(context.asOf, options.now());
      const longestWindowMs = Math.max(
        options.config.lookbackMs,
        ...scope.map(service => service.windowMs ?? 0),
      );
      const range = { from: new Date(to.getTime() - longestWindowMs), to };
      const outcomes = await options.sync.run(scope, range, {
        signal: context.signal,
        namesOfOthers: findNamesOfOthers(
          all,
          service => options.sources.forService(service)?.id,
        ),
        onProgress: ({ share, ...shown }) => report(share, shown),
        withNames: (services, observed) =>
          options.withNames(services, observed, all),
      });
      fetchedTelemetry.set(context, new FetchedTelemetry(range, outcomes));
    },
  };
}

function messagesOf(
  failures: (FailedFetch | undefined)[],
): Map<string, string> {
  const messages = new Map<string, string>();
  for (const failure of failures) {
    failure?.entityRefs.forEach(ref => messages.set(ref, failure.message));
  }
  return messages;
}
