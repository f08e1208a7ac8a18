import type {
  ServiceEventType,
  HistoryPoint,
  Recommendation,
} from 'backstage-plugin-slo-recommender-common';
import type { Marker } from '../../charts';
import { badName, formatCount, formatHour, formatRatio } from '../../words';
import { type Timeline, timelineOn } from './timeline';

/** How events are told apart: by shape, word and colour. */
export const eventSigns: Record<
  ServiceEventType,
  { marker: Marker; words: string; color: string }
> = {
  deploy: { marker: 'flag', words: 'deploy', color: 'var(--chart-series)' },
  'config-change': {
    marker: 'diamond',
    words: 'configuration change',
    color: 'var(--chart-guide)',
  },
  incident: {
    marker: 'cross',
    words: 'incident',
    color: 'var(--chart-failed)',
  },
};

const gravestFirst: ServiceEventType[] = [
  'incident',
  'config-change',
  'deploy',
];

/** The type that stands for several events. */
export function gravestType(
  events: { type: ServiceEventType }[],
): ServiceEventType {
  return (
    gravestFirst.find(type => events.some(event => event.type === type)) ??
    'deploy'
  );
}

/** More than these would hide the chart. */
const MOST_EVENTS = 3;

/** A day of the chart in words: what was achieved, how many requests there were, and what happened. */
export function describeDay(
  point: HistoryPoint,
  sli: Pick<Recommendation, 'sliType'>,
  timeline: Timeline,
  span: string,
): string[] {
  const { events, exclusions } = timelineOn(point.day, timeline);
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
