import type {
  BackfillProgress,
  Reason,
} from 'backstage-plugin-slo-recommender-common';
import type { HourRange } from 'backstage-plugin-slo-recommender-node';
import type { Knex } from 'knex';
import type { CatalogSync } from '../catalog';
import type { SloRecommenderConfig } from '../kernel/config/readSloRecommenderConfig';
import type { Cycles, DependencySources } from '../graph';
import {
  type Analysis,
  type AnalysisStore,
  bumpGraphVersion,
  type CatalogEntity,
  type DependencyStore,
  type ResultOutline,
  type ResultStore,
  type ServiceResult,
} from '../store';
import type { Lease, LeaseStore } from '../kernel/tasks/LeaseStore';
import { inBatches } from '../kernel/database/database';
import type {
  HourlyHistoryStore,
  TelemetrySources,
  TelemetrySync,
} from '../telemetry';
import { inYieldingBatches } from '../kernel/concurrency/yieldToEventLoop';
import { EmptyAnswers } from './EmptyAnswers';
import { GraphPublication } from './GraphPublication';
import type { FleetCalibrations } from './FleetCalibrations';
import { settledHour } from '../kernel/time/hours';
import { concludeService, type Fleet, type StudiedService } from './service';
import type { ServiceStudies } from './ServiceStudies';
import { withSeenNames } from './withSeenNames';

/** Services whose counts are in memory at a time. */
const SERVICES_PER_BATCH = 100;

const FETCHING_SHARE = 0.7;
const STUDYING_SHARE = 0.9;

export interface AnalysisRunnerOptions {
  database: Knex;
  config: SloRecommenderConfig;
  catalogSync: CatalogSync;
  telemetrySync: TelemetrySync;
  sources: TelemetrySources;
  studies: ServiceStudies;
  calibrations: FleetCalibrations;
  history: HourlyHistoryStore;
  analyses: AnalysisStore;
  results: ResultStore;
  dependencies: DependencyStore;
  leases: LeaseStore;
  dependencySources: DependencySources;
  cycles: Cycles;
  now: () => Date;
}

/** An analysis that could not be made, for a reason that people can do something about. */
export class AnalysisFailure extends Error {}

/** Carries out one analysis: reads one state of catalog and telemetry, and publishes one set of results. */
export class AnalysisRunner {
  readonly #options: AnalysisRunnerOptions;
  readonly #emptyAnswers: EmptyAnswers;

  constructor(options: AnalysisRunnerOptions) {
    this.#options = options;
    this.#emptyAnswers = new EmptyAnswers(options);
  }

  /**
   * Services whose telemetry cannot be had keep the result that readers see, with its age. Where that holds for all of
   * them, nothing is published.
   *
   * @throws AnalysisFailure saying why nothing could be published.
   */
  async run(
    analysis: Analysis,
    lease: Lease,
    signal: AbortSignal,
  ): Promise<void> {
    const { analyses, config, now, sources } = this.#options;
    const asOf = new Date(analysis.asOf);
    const all = await this.#options.catalogSync.runUntilSettled(signal);
    const scope = chooseScope(all, analysis);
    if (scope.length === 0) {
      throw new AnalysisFailure(
        all.length === 0
          ? 'The catalog has no opted-in service, or is still being read. What was published before stays.'
          : 'None of the services asked for is opted in any more.',
      );
    }

    const to = settledHour(asOf, now());
    const longestWindowMs = Math.max(
      config.lookbackMs,
      ...scope.map(service => service.windowMs ?? 0),
    );
    const range = { from: new Date(to.getTime() - longestWindowMs), to };

    const report = (
      phase: string,
      progress: number,
      backfill: BackfillProgress | null = null,
    ) =>
      analyses.setProgress(analysis.id, {
        phase,
        progress,
        services: scope.length,
        backfill,
      });
    if (!analysis.entityRefs) {
      await report('Asking dependency sources', 0);
      await this.#options.dependencySources.askAll(asOf, signal);
    }
    const outcomes = await this.#options.telemetrySync.run(scope, range, {
      signal,
      onProgress: ({ phase, share, backfill }) =>
        report(phase, share * FETCHING_SHARE, backfill),
      withNames: (services, observed) =>
        withSeenNames(services, observed, all, config.dependencies.aliasRules),
    });

    const currentId = await this.#options.results.getCurrentAnalysisId();
    const seen =
      currentId === undefined
        ? new Map<string, ResultOutline>()
        : await this.#options.results.getOutlines(currentId);
    for (const outcome of outcomes) {
      await this.#emptyAnswers.distrust(outcome, {
        range,
        seen,
        isSubset: analysis.entityRefs !== null,
      });
    }
    const failures = messagesOf(outcomes.map(({ failed }) => failed));
    const latencyFailures = messagesOf(
      outcomes.map(({ latenciesFailed }) => latenciesFailed),
    );
    const measurable = scope.filter(service => sources.forService(service));
    if (
      measurable.length > 0 &&
      measurable.every(({ entityRef }) => failures.has(entityRef))
    ) {
      throw new AnalysisFailure(
        `No telemetry for any service. ${[...new Set(failures.values())].join(
          ' ',
        )} What was published before stays.`,
      );
    }

    const scopeRefs = new Set(scope.map(({ entityRef }) => entityRef));
    const carriedOver = new Set(
      all
        .map(({ entityRef }) => entityRef)
        .filter(ref => {
          const inScope = scopeRefs.has(ref);
          return seen.has(ref) && (!inScope || failures.has(ref));
        }),
    );
    // an analysis of some services says nothing of the graph
    const graph = new GraphPublication(analysis.entityRefs ? [] : outcomes, to);
    const studied = await this.#study(
      scope.filter(({ entityRef }) => !carriedOver.has(entityRef)),
      { asOf, range, failures, latencyFailures, graph, signal, report },
    );
    const fleet = await this.#options.calibrations.learn(studied, {
      asOf,
      isWholeFleet: analysis.entityRefs === null,
    });
    const results = await this.#conclude(studied, fleet, { signal, report });

    await report('Publishing', 0.99);
    await this.#options.database.transaction(async tx => {
      await this.#options.leases.renew(lease, tx);
      await bumpGraphVersion(tx, now());
      await graph.write(this.#options.dependencies, sources, tx);
      await this.#options.results.publish(
        analysis.id,
        results,
        currentId === undefined
          ? undefined
          : { fromAnalysisId: currentId, entityRefs: [...carriedOver] },
        tx,
      );
      await analyses.complete(analysis.id, results.length, now(), tx);
      if (!analysis.entityRefs) {
        await this.#options.calibrations.write(tx, analysis, fleet);
      }
    });
    await this.#options.cycles.note();
  }

  async #study(
    services: CatalogEntity[],
    context: {
      asOf: Date;
      range: HourRange;
      failures: Map<string, string>;
      latencyFailures: Map<string, string>;
      graph: GraphPublication;
      signal: AbortSignal;
      report(phase: string, progress: number): Promise<void>;
    },
  ): Promise<StudiedService[]> {
    const { sources, studies } = this.#options;
    const studied: StudiedService[] = [];
    for (const batch of inBatches(services, SERVICES_PER_BATCH)) {
      context.signal.throwIfAborted();
      for await (const { studied: one, series } of studies.study(batch, {
        asOf: context.asOf,
        range: context.range,
        noticesOf: service =>
          noticesOf(
            service,
            sources.forService(service)?.id,
            context.failures.get(service.entityRef),
          ),
        latencyNoticesOf: ({ entityRef }) =>
          unavailable(context.latencyFailures.get(entityRef)),
      })) {
        context.graph.addService(
          one.service.entityRef,
          one.datasourceId ?? undefined,
          series,
        );
        studied.push(one);
      }
      await context.report(
        'Studying services',
        between(
          FETCHING_SHARE,
          STUDYING_SHARE,
          studied.length,
          services.length,
        ),
      );
    }
    return studied;
  }

  async #conclude(
    studied: StudiedService[],
    fleet: Fleet,
    context: {
      signal: AbortSignal;
      report(phase: string, progress: number): Promise<void>;
    },
  ): Promise<ServiceResult[]> {
    const results: ServiceResult[] = [];
    for (const batch of inBatches(studied, SERVICES_PER_BATCH)) {
      context.signal.throwIfAborted();
      for await (const [service] of inYieldingBatches(batch, 1)) {
        results.push(concludeService(service, fleet));
      }
      await context.report(
        'Concluding',
        between(STUDYING_SHARE, 0.99, results.length, studied.length),
      );
    }
    return results;
  }
}

function between(from: number, to: number, done: number, all: number): number {
  return from + (to - from) * (done / all);
}

function chooseScope(
  all: CatalogEntity[],
  analysis: Analysis,
): CatalogEntity[] {
  if (!analysis.entityRefs) return all;
  const wanted = new Set(analysis.entityRefs);
  return all.filter(({ entityRef }) => wanted.has(entityRef));
}

/** Messages by entity reference. */
function messagesOf(
  failures: ({ entityRefs: Set<string>; message: string } | undefined)[],
): Map<string, string> {
  const messages = new Map<string, string>();
  for (const failure of failures) {
    failure?.entityRefs.forEach(ref => messages.set(ref, failure.message));
  }
  return messages;
}

function unavailable(message: string | undefined): Reason[] {
  return message === undefined
    ? []
    : [{ code: 'telemetry_unavailable', message }];
}

function noticesOf(
  service: CatalogEntity,
  datasourceId: string | undefined,
  failure: string | undefined,
): Reason[] {
  if (failure !== undefined) return unavailable(failure);
  if (datasourceId !== undefined) return [];
  return [
    service.datasourceId === null
      ? {
          code: 'no_datasource',
          message:
            'No datasource is configured. Add one to sloRecommender.datasources in app-config.',
        }
      : {
          code: 'unknown_datasource',
          message: `The annotation slo-recommender.io/datasource names '${service.datasourceId}', which is not in sloRecommender.datasources.`,
        },
  ];
}
