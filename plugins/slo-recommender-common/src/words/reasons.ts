import type { Reason as EngineReason } from 'backstage-plugin-slo-recommender-engine';
import type { Reason } from '../schemas/primitives';
import { TIER_ATTAINMENT } from '../schemas/recommendations';
import { formatDays } from './durations';
import { formatMinute } from './instants';
import { formatCount, formatMeasuredCount } from './numbers';
import { formatRatio } from './ratios';

/** The reason as people read it: its code, and a sentence with figures and what to do. */
export function writeReason(reason: EngineReason): Reason {
  return reason.code === 'reported'
    ? reason.report
    : { code: reason.code, message: messageOf(reason) };
}

const DAY_MS = 86_400_000;

const days = (ms: number) => formatDays(ms / DAY_MS);

const faults = {
  not_finite: 'a count is infinite',
  negative_count:
    'a count is negative (for example because failures exceed what they are subtracted from)',
  bad_exceeds_total: 'more requests failed than were made',
  count_too_large: 'a count is beyond 2^53 and cannot be right',
};

function messageOf(
  reason: Exclude<EngineReason, { code: 'reported' }>,
): string {
  switch (reason.code) {
    case 'not_finite':
    case 'negative_count':
    case 'bad_exceeds_total':
    case 'count_too_large':
      return (
        `In ${formatMeasuredCount(reason.hours)} ${reason.hours === 1 ? 'hour' : 'hours'}, first at ${formatMinute(reason.firstMs)}, ` +
        `${faults[reason.code]}. ${reason.hours === 1 ? 'It counts' : 'They count'} as unknown. Check the queries or series that the requests and failures are taken from.`
      );
    case 'stuck_at_zero':
      return (
        `Since ${formatMinute(reason.sinceMs)} ${
          reason.successRatio === 0
            ? 'none'
            : `only ${formatRatio(reason.successRatio)}`
        } of ${formatMeasuredCount(reason.requests)} requests have succeeded, hour after hour. That is a broken SLI rather than ` +
        'an outage: check what is counted as a failure (for example business exceptions or 4xx answers).'
      );
    case 'unknown_outcomes':
      return (
        `Of ${formatRatio(reason.share)} of the requests of the last ${days(reason.windowMs)} (${formatMeasuredCount(reason.requests)}) the ` +
        'outcome cannot be read, so that they count neither as good nor as failed. Had all of them failed, only ' +
        `${formatRatio(reason.leastRatio)} would have succeeded. Let the exporter write a status for every request; the findings ` +
        'about data quality name what it writes instead.'
      );
    case 'no_telemetry':
      return (
        'No telemetry was found for this service. No metric that is read has its name: check that it is instrumented, ' +
        'and that its telemetry name and datasource are the ones annotated.'
      );
    case 'short_history':
      return (
        `Only ${days(reason.seenMs)} of history are known, since ${formatMinute(reason.sinceMs)}; a window of ` +
        `${days(reason.windowMs)} needs ${days(reason.neededMs)}. If telemetry keeps coming, ` +
        `that is reached on ${formatMinute(reason.reachedAtMs)}.`
      );
    case 'sparse_history':
      return (
        `Only ${formatMeasuredCount(reason.knownHours)} hours of ${days(reason.seenMs)} of history are known; a ` +
        `window of ${days(reason.windowMs)} needs ${formatMeasuredCount(reason.neededHours)}. Check why ` +
        'telemetry is missing for the other hours.'
      );
    case 'no_requests':
      return (
        `Telemetry is known since ${formatMinute(reason.sinceMs)}, but not one request was seen. If the service is in use, ` +
        'check which of its metrics count its requests.'
      );
    case 'few_requests':
      return (
        `Only ${formatMeasuredCount(reason.requests)} requests were seen since ${formatMinute(reason.sinceMs)}. With no failure at all, ` +
        `${reason.neededRequests} are needed to support even 90 % (rule of three). Wait for more, or send synthetic requests.`
      );
    case 'gaps':
      return (
        `Counts are known for ${formatRatio(reason.completeness)} of the hours of the history and for ` +
        `${formatRatio(reason.recentCompleteness)} of those of the last window, less than ${formatRatio(reason.neededCompleteness)}. ` +
        'Unknown hours are left out, not counted as good; check why telemetry is missing.'
      );
    case 'stale':
      return (
        `The newest counts end at ${formatMinute(reason.newestMs)}, ${formatMeasuredCount(reason.ageHours)} hours before this analysis. ` +
        'Check that telemetry still arrives.'
      );
    case 'idle_window':
      return (
        `Not one request was seen in the last ${days(reason.windowMs)}; what is said rests on older ` +
        'traffic. Check whether the service is still in use.'
      );
    case 'few_good_requests':
      return (
        `Fewer than ${formatCount(reason.neededRequests)} requests have succeeded, which is too little to support even ` +
        `${formatRatio(reason.objective)}. Wait for more traffic, and find out what fails.`
      );
    case 'below_ladder':
      return belowLadder(reason);
    case 'single_failure_breaks':
      return (
        `Traffic is so low that the budget of ${reason.objectives.map(formatRatio).join(' and ')} is less than one request: ` +
        'a single failure in the window breaks it. Promise less, or over a longer window.'
      );
    default:
      return reason satisfies never;
  }
}

function belowLadder({
  objective,
  attainment,
  missing,
  neededAttainment,
}: Extract<EngineReason, { code: 'below_ladder' }>): string {
  const advice =
    missing.length === Object.keys(TIER_ATTAINMENT).length
      ? ' Find out what fails before promising anything.'
      : '';
  return (
    `Even ${formatRatio(objective)} is kept with a probability of only ${formatRatio(attainment)}, so there is no ` +
    `${missing.join(' or ')} objective (${missing[missing.length - 1]} takes ${formatRatio(neededAttainment)}).${advice}`
  );
}
