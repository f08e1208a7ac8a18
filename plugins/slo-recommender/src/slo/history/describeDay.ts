import type {
  HistoryPoint,
  Recommendation,
} from 'backstage-plugin-slo-recommender-common';
import { badName, formatCount, formatHour, formatRatio } from '../../words';
import { eventSigns } from './eventSigns';
import { type Happenings, happeningsOf } from './timeline';

/** More than these would hide the chart. */
const MOST_EVENTS = 3;

/** A day of the chart in words: what was achieved, how many requests there were, and what happened. */
export function describeDay(
  point: HistoryPoint,
  sli: Pick<Recommendation, 'sliType'>,
  happenings: Happenings,
  span: string,
): string[] {
  const { events, exclusions } = happeningsOf(point.day, happenings);
  const shown = events.slice(0, MOST_EVENTS);
  return [
    point.rollingRatio === null
      ? `Achieved over ${span}: unknown`
      : `Achieved over ${span}: ${formatRatio(point.rollingRatio)}`,
    point.requests === null || point.badRequests === null
      ? 'Requests of the day: unknown'
      : `Requests of the day: ${formatCount(point.requests)}, ${formatCount(
          point.badRequests,
        )} ${badName(sli.sliType)}`,
    ...shown.map(
      ({ type, at, title }) =>
        `${formatHour(at)} ${eventSigns[type].words}: ${title}`,
    ),
    ...(events.length > shown.length
      ? [`and ${events.length - shown.length} more`]
      : []),
    ...exclusions.map(({ reason }) => `Left out in part: ${reason}`),
  ];
}
