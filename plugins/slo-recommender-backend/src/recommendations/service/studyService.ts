import { createHash } from 'crypto';
import {
  bucketAdviceWords,
  type DataQualityFinding,
  type Reason,
} from 'backstage-plugin-slo-recommender-common';
import {
  type CountSeries,
  type DailyHistory,
  dailyHistory,
  EngineInputError,
  type LatencyHistory,
  type LatencyProfile,
  type ReportedReason,
} from 'backstage-plugin-slo-recommender-engine';
import type { CatalogEntity } from '../../kernel/CatalogEntity';
import type { ActiveExclusion } from '../../exclusions';
import type { EventMark } from '../../events';
import { type StudiedHistory, studyHistory } from './studyHistory';
import {
  type StudiedLatency,
  studyLatency,
  withIdleHours,
} from './studyLatency';

/** Everything that the result of one service depends on, but for what the fleet shows. */
export interface ServiceEvidence {
  service: CatalogEntity;
  series: CountSeries;
  /** Null where the datasource knows nothing of its latencies. */
  latencies: LatencyHistory | null;
  /** Metric families of the counts and of the latencies. */
  evidence: string | null;
  latencyEvidence: string | null;
  asOf: Date;
  /** End of the last hour of the series. */
  dataUntil: Date;
  windowMs: number;
  /** How far back the shown history goes, unless the window is longer. */
  lookbackMs?: number;
  datasourceId: string | null;
  simulated: boolean;
  inputsKey: string;
  /** What counts as a failed request, in words. */
  failureDefinition: string | null;
  /** What was found about the telemetry. */
  findings: DataQualityFinding[];
  /** Why the telemetry could not be had, or only in part. */
  notices: Reason[];
  /** The same of the latencies. */
  latencyNotices: Reason[];
  exclusions: ActiveExclusion[];
  exclusionCap: number;
  events: EventMark[];
}

/** A service by itself, before it is held against the fleet. */
export interface StudiedService extends Omit<
  ServiceEvidence,
  'series' | 'latencies'
> {
  availability: StudiedHistory;
  /** Of the availability. */
  days: DailyHistory;
  latency: StudiedLatency | null;
  /** SHA-256 of everything that it rests on, in hexadecimal. */
  inputsHash: string;
}

/** Warnings about requests that were not counted at all, or that are not users' of this service alone: the rest is less certain. */
const DEGRADING_CODES = new Set([
  'environments_mixed',
  'health_checks_counted',
  'low_coverage',
  'internal_spans_counted',
  'lost_labels',
  'other_requests',
  'outage_undercounted',
  'replicas_counted',
  'unexplained_silence',
  'shared_name',
]);

/**
 * Studies the counts and latencies of one service. What the engine refuses makes its verdict `invalid`: one service
 * must not keep the others from their results.
 */
export function studyService(evidence: ServiceEvidence): StudiedService {
  try {
    return study(evidence);
  } catch (error) {
    if (!(error instanceof EngineInputError)) throw error;
    return study({
      ...evidence,
      series: {
        startMs: evidence.series.startMs,
        total: new Float64Array(),
        bad: new Float64Array(),
      },
      latencies: null,
      findings: [...evidence.findings, refusal(error)],
    });
  }
}

function refusal({ message }: EngineInputError): DataQualityFinding {
  return {
    code: 'unusable_data',
    severity: 'error',
    message: `What is stored of this service cannot be studied: ${message}.`,
    fix: 'Check its annotations and what its datasource says of it.',
    snippet: null,
    gain: null,
  };
}

/** What says why nothing at all was counted. */
const EXPLAINING_CODES = new Set([
  'telemetry_unavailable',
  'no_datasource',
  'unknown_datasource',
  'ambiguous_name',
  'name_in_other_case',
  'nothing_selected',
  'template_without_label',
  'unusable_name',
]);

function study(input: ServiceEvidence): StudiedService {
  const { service, series, latencies, findings, ...rest } = input;
  const isAbsent = series.total.every(Number.isNaN);
  const question = {
    asOfMs: input.asOf.getTime(),
    windowMs: input.windowMs,
    lookbackMs: input.lookbackMs,
    exclusions: input.exclusions,
    exclusionCap: input.exclusionCap,
    events: input.events,
    notices: [
      ...input.notices.map(reported),
      ...reasonsOf(
        findings,
        ({ code, severity }) =>
          (severity !== 'info' && DEGRADING_CODES.has(code)) ||
          (isAbsent && EXPLAINING_CODES.has(code)),
      ),
    ].map(reason => ({
      ...reason,
      ...(isAbsent &&
        EXPLAINING_CODES.has(reason.report.code) && { explainsAbsence: true }),
    })),
    defects: reasonsOf(findings, ({ severity }) => severity === 'error'),
  };
  const latency =
    latencies &&
    studyLatency(withIdleHours(latencies, series), service.promisedLatency, {
      ...question,
      notices: [...question.notices, ...input.latencyNotices.map(reported)],
    });
  return {
    ...rest,
    service,
    findings:
      latency?.thresholds.length === 0
        ? [...findings, noThreshold(latency.profile)]
        : findings,
    inputsHash: inputsHash(input),
    availability: studyHistory(series, {
      ...question,
      promisedObjective: service.promisedObjective ?? undefined,
    }),
    days: dailyHistory(series, input),
    latency,
  };
}

/** Why there is no latency objective although there are latencies. */
function noThreshold({
  requests,
  bucketAdvice,
}: LatencyProfile): DataQualityFinding {
  const coarse = {
    code: 'no_measurable_threshold',
    severity: 'warning' as const,
    message: bucketAdvice
      ? bucketAdviceWords(bucketAdvice)
      : 'No boundary of the histogram lies where an objective could be measured.',
    fix: 'Add boundaries where the histogram is recorded.',
    snippet: null,
    gain: 'Latency objectives become possible.',
  };
  return requests > 0
    ? coarse
    : {
        ...coarse,
        code: 'no_recent_latencies',
        message: 'No latency of a request was measured in the last window.',
        fix: 'Check whether the service is in use, and its durations still recorded.',
      };
}

function reasonsOf(
  findings: DataQualityFinding[],
  applies: (finding: DataQualityFinding) => boolean,
): ReportedReason[] {
  return findings.filter(applies).map(({ code, message, fix }) =>
    reported({
      code,
      message: fix === null ? message : `${message} ${fix}`,
    }),
  );
}

function reported(report: Reason): ReportedReason {
  return { code: 'reported', report };
}

/** SHA-256, in hexadecimal, over everything that a study rests on: the same inputs give the same hash anywhere. */
function inputsHash(input: ServiceEvidence): string {
  const { service, series, latencies } = input;
  const hash = createHash('sha256').update(
    JSON.stringify([
      service.entityRef,
      service.promisedObjective,
      service.promisedLatency,
      input.asOf.toISOString(),
      input.windowMs,
      input.exclusions.map(({ fromMs, toMs }) => [fromMs, toMs]),
      input.exclusionCap,
      input.events.map(({ atMs, title, type }) => [atMs, title, type]),
      input.notices,
      input.latencyNotices,
      input.findings,
      series.startMs,
      latencies && [...latencies.boundsSeconds],
    ]),
  );
  for (const counts of [
    series.total,
    series.bad,
    ...(series.unknown ? [series.unknown] : []),
    ...(latencies?.counts ?? []),
  ]) {
    hash.update(counts);
  }
  return hash.digest('hex');
}
