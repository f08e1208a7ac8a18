import {
  type ChangePoint,
  type CountSeries,
  type EventMarker,
  excludeHours,
  type Exclusion,
  findChangePoints,
  historyAsOf,
  presentRegime,
  type ReportedReason,
  type SliStudy,
  studySli,
} from 'backstage-plugin-slo-recommender-engine';

/** What the history of one SLI is studied with. */
export interface HistoryQuestion {
  asOfMs: number;
  windowMs: number;
  lookbackMs?: number;
  /** Hours that people left out, those asked for first come first, and the most of a window that may be. */
  exclusions: readonly Exclusion[];
  exclusionCap: number;
  /** What happened to the service. */
  events: readonly EventMarker[];
  promisedObjective?: number;
  notices: readonly ReportedReason[];
  defects: readonly ReportedReason[];
}

/** One SLI: what its history shows, and what it would show had nothing been cut out of it. */
export interface StudiedHistory {
  study: SliStudy;
  /** What was left out; null where nobody asked for it. */
  exclusions: {
    share: number;
    hoursOverCap: number;
    /** With all hours counted. */
    countingAll: SliStudy;
  } | null;
  /** What changed; null where nothing did. */
  regime: {
    sinceMs: number;
    changePoints: ChangePoint[];
    /** By the whole history, where the study rests on the present regime; null where that is too short. */
    wholeHistory: SliStudy | null;
  } | null;
}

/** Studies one SLI on its present regime, without excluded hours, and keeps what the whole of it would have said. */
export function studyHistory(
  series: CountSeries,
  question: HistoryQuestion,
): StudiedHistory {
  const { asOfMs, windowMs, exclusions, exclusionCap } = question;
  const study = (
    counts: CountSeries,
    options: { replayed: boolean; regimeStartMs?: number },
  ) => studySli({ ...question, series: counts, ...options });

  const cut = excludeHours(series, exclusions, {
    asOfMs,
    windowMs,
    cap: exclusionCap,
  });
  const history = historyAsOf(cut.series, asOfMs);
  const changePoints = findChangePoints(history, { events: question.events });
  const present = presentRegime(changePoints, history, windowMs);
  const isApplied = changePoints.length > 0 && present.longEnough;
  const regimeStartMs = isApplied ? present.sinceMs : undefined;
  const studied = study(cut.series, { replayed: true, regimeStartMs });
  const countingAll =
    exclusions.length > 0
      ? study(series, { replayed: false, regimeStartMs })
      : null;
  return {
    study: countingAll ? withoutBlame(studied, countingAll) : studied,
    exclusions: countingAll && {
      share: cut.share,
      hoursOverCap: cut.hoursOverCap,
      countingAll,
    },
    regime:
      changePoints.length === 0
        ? null
        : {
            sinceMs: present.sinceMs,
            changePoints,
            wholeHistory: isApplied
              ? study(cut.series, { replayed: false })
              : null,
          },
  };
}

/** What is only missing because it was left out is no fault of the telemetry. */
const CAUSED_BY_EXCLUSION = new Set(['gaps', 'stale']);

/** Reasons why nothing follows from what is left. */
const TOO_LITTLE = new Set([
  'no_telemetry',
  'short_history',
  'sparse_history',
  'no_requests',
  'few_requests',
]);

const EXCLUDED: ReportedReason = {
  code: 'reported',
  report: {
    code: 'excluded_history',
    message:
      'Too little is left of the history: most of what is known of it was excluded. Withdraw an exclusion, or wait for more.',
  },
};

function withoutBlame(study: SliStudy, countingAll: SliStudy): SliStudy {
  const withAll = new Map(
    countingAll.reasons.map(reason => [reason.code, reason]),
  );
  const reasons = study.reasons
    .filter(({ code }) => withAll.has(code) || !CAUSED_BY_EXCLUSION.has(code))
    // how much is known is stated as it is with all hours
    .map(reason =>
      TOO_LITTLE.has(reason.code)
        ? (withAll.get(reason.code) ?? EXCLUDED)
        : reason,
    )
    .filter((reason, i, all) => all.indexOf(reason) === i);
  return {
    ...study,
    reasons,
    verdict:
      study.verdict === 'degraded' && reasons.length === 0
        ? 'ok'
        : study.verdict,
  };
}
