import type {
  ChangePoint,
  Exclusion,
  ExclusionsResponse,
  HistoryPoint,
  ServiceEvent,
  ServiceEventsResponse,
} from 'backstage-plugin-slo-recommender-common';

const DAY_MS = 86_400_000;

/** What happened beside the counts: told by CI or people, never measured. */
export interface Timeline {
  events: ServiceEvent[];
  /** Those that hold; none that were taken back. */
  exclusions: Exclusion[];
}

/** What is known to have happened; of exclusions those that hold. */
export function timelineIn(
  told: ServiceEventsResponse | undefined,
  excluded: ExclusionsResponse | undefined,
): Timeline {
  return {
    events: told?.events ?? [],
    exclusions: (excluded?.exclusions ?? []).filter(
      ({ withdrawn }) => withdrawn === null,
    ),
  };
}

/**
 * Share of the chart's width at which an instant lies, each day a column of the same width; below 0 before the first
 * day, above 1 after the last.
 *
 * @param history - days one after the other, at least one
 */
export function shareOfInstant(
  history: HistoryPoint[],
  instant: string,
): number {
  const start = Date.parse(history[0].day);
  return (Date.parse(instant) - start) / (history.length * DAY_MS);
}

/** What happened on a day in UTC. */
export function timelineOn(day: string, timeline: Timeline): Timeline {
  const start = Date.parse(day);
  return {
    events: timeline.events.filter(event => event.at.startsWith(day)),
    exclusions: timeline.exclusions.filter(
      ({ from, to }) =>
        Date.parse(from) < start + DAY_MS && Date.parse(to) > start,
    ),
  };
}

/** Events too near to each other to be drawn apart. */
export interface EventCluster {
  /** Share of the width at which the first of them lies. */
  share: number;
  /** Oldest first. */
  events: ServiceEvent[];
}

/** @param apart - least distance of two marks, as a share of the width */
export function clusterEvents(
  history: HistoryPoint[],
  events: ServiceEvent[],
  apart: number,
): EventCluster[] {
  const clusters: EventCluster[] = [];
  const placed = events
    .map(event => ({ event, share: shareOfInstant(history, event.at) }))
    .filter(({ share }) => share >= 0 && share <= 1)
    .sort((a, b) => a.share - b.share);
  for (const { event, share } of placed) {
    const last = clusters.at(-1);
    if (last && share - last.share < apart) last.events.push(event);
    else clusters.push({ share, events: [event] });
  }
  return clusters;
}

/** Level of the SLI on a day, as the change points tell it: the share of good requests before the first, then since each. */
export function levelOn(
  day: string,
  changePoints: ChangePoint[],
): number | null {
  if (changePoints.length === 0) return null;
  const since = changePoints.findLast(({ at }) => at.slice(0, 10) <= day);
  return since ? since.after : changePoints[0].before;
}
