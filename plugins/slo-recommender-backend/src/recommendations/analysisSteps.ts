import { analysedServices, findSharedNames } from '../catalog';
import { inYieldingBatches } from '../kernel/concurrency/yieldToEventLoop';
import { inBatches } from '../kernel/database/database';
import {
  type AnalysisContext,
  AnalysisFailure,
  type AnalysisStep,
  AnalysisValue,
  type ReportProgress,
} from '../kernel/tasks/analysis';
import type { ResultOutline, ResultStore } from './ResultStore';
import type { ServiceResult } from './storedResults';
import {
  type DatasourceOutcome,
  FetchedTelemetry,
  fetchedTelemetry,
  type TelemetrySources,
} from '../telemetry';
import type { EmptyAnswers } from './EmptyAnswers';
import type { FleetCalibrations, LearntFleet } from './FleetCalibrations';
import { concludeService, type StudiedService } from './service';
import type { ServiceStudies } from './ServiceStudies';

/** Services whose counts are in memory at a time. */
const SERVICES_PER_BATCH = 100;

export interface RecommendationStepsOptions {
  calibrations: FleetCalibrations;
  emptyAnswers: EmptyAnswers;
  results: ResultStore;
  sources: TelemetrySources;
  studies: ServiceStudies;
}

/** Results that readers see while the analysis runs, and the services that keep theirs. */
const publishedBefore = new AnalysisValue<{
  analysisId: string | undefined;
  kept: Set<string>;
}>('the results published before');

const studiedServices = new AnalysisValue<StudiedService[]>('studies');
const learntFleet = new AnalysisValue<LearntFleet>('what the fleet shows');
const concluded = new AnalysisValue<ServiceResult[]>('results');

/** From stored telemetry to recommendations: studies services, learns from all of them, concludes for each. */
export function recommendationSteps(
  options: RecommendationStepsOptions,
): AnalysisStep[] {
  const { calibrations, results } = options;
  return [
    {
      stage: 'fetch',
      name: 'Judging answers',
      share: 0,
      run: context => judgeAnswers(context, options),
    },
    {
      stage: 'study',
      name: 'Studying services',
      share: 20,
      run: (context, report) => study(context, report, options),
    },
    {
      stage: 'learn',
      name: 'Learning from the fleet',
      share: 0,
      async run(context) {
        const learnt = await calibrations.learn(studiedServices.get(context), {
          asOf: context.asOf,
          isWholeFleet: context.entityRefs === null,
        });
        learntFleet.set(context, learnt);
      },
    },
    {
      stage: 'conclude',
      name: 'Concluding',
      share: 9,
      run: conclude,
    },
    {
      stage: 'publish',
      name: 'Publishing results',
      async run(context, tx) {
        const { analysisId, kept } = publishedBefore.get(context);
        const found = concluded.get(context);
        context.services = found.length;
        await results.publish(
          context.id,
          found,
          analysisId === undefined
            ? undefined
            : { fromAnalysisId: analysisId, entityRefs: [...kept] },
          tx,
        );
        if (context.entityRefs === null) {
          await calibrations.write(tx, context, learntFleet.get(context));
        }
      },
    },
  ];
}

/**
 * Services whose telemetry cannot be had keep the result that readers see, with its age.
 *
 * @throws AnalysisFailure if that holds for all of them.
 */
async function judgeAnswers(
  context: AnalysisContext,
  { emptyAnswers, results, sources }: RecommendationStepsOptions,
): Promise<void> {
  const { all, scope } = analysedServices.get(context);
  const { outcomes, range } = fetchedTelemetry.get(context);
  const analysisId = await results.getCurrentAnalysisId();
  const seen =
    analysisId === undefined
      ? new Map<string, ResultOutline>()
      : await results.getOutlines(analysisId);
  const judged: DatasourceOutcome[] = [];
  for (const outcome of outcomes) {
    judged.push(
      await emptyAnswers.judge(outcome, {
        range,
        seen,
        isSubset: context.entityRefs !== null,
      }),
    );
  }
  const telemetry = new FetchedTelemetry(range, judged);
  fetchedTelemetry.set(context, telemetry);
  const { failures } = telemetry;
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
  const kept = all
    .map(({ entityRef }) => entityRef)
    .filter(ref => seen.has(ref) && (!scopeRefs.has(ref) || failures.has(ref)));
  publishedBefore.set(context, { analysisId, kept: new Set(kept) });
}

async function study(
  context: AnalysisContext,
  report: ReportProgress,
  { sources, studies }: RecommendationStepsOptions,
): Promise<void> {
  const { kept } = publishedBefore.get(context);
  const telemetry = fetchedTelemetry.get(context);
  const { all, scope } = analysedServices.get(context);
  const services = scope.filter(({ entityRef }) => !kept.has(entityRef));
  const sharedNames = findSharedNames(all, one => sources.forService(one)?.id);
  const { failures, latencyFailures, range } = telemetry;
  const studied: StudiedService[] = [];
  for (const batch of inBatches(services, SERVICES_PER_BATCH)) {
    context.signal.throwIfAborted();
    for await (const { studied: one, series } of studies.study(batch, {
      asOf: context.asOf,
      range,
      failures,
      latencyFailures,
      sharedNames,
    })) {
      telemetry.noteServed(one.service.entityRef, one.datasourceId, series);
      studied.push(one);
    }
    await report(studied.length / services.length);
  }
  studiedServices.set(context, studied);
}

async function conclude(
  context: AnalysisContext,
  report: ReportProgress,
): Promise<void> {
  const studied = studiedServices.get(context);
  const fleet = learntFleet.get(context);
  const found: ServiceResult[] = [];
  for (const batch of inBatches(studied, SERVICES_PER_BATCH)) {
    context.signal.throwIfAborted();
    for await (const [service] of inYieldingBatches(batch, 1)) {
      found.push(concludeService(service, fleet));
    }
    await report(found.length / studied.length);
  }
  concluded.set(context, found);
}
