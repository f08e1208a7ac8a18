import type { SliHistory } from './SliHistory';
import { DAY_MS, HOUR_MS } from './time';

/** An hour in which no more than this share of the requests succeeded may belong to a broken SLI. */
const HIGHEST_STUCK_SUCCESS = 0.05;

/** Share of the hours with traffic that must be so; the others are a deploy, a scrape that slipped, a few lucky calls. */
const STUCK_HOURS = 0.95;

/** No service is called for as long as this while it answers nobody: longer than that it is the SLI that fails. */
const LONGEST_OUTAGE_MS = 7 * DAY_MS;

/**
 * Less than a day, give or take its first and last hour, is too young to tell a bad start from a broken SLI.
 */
const SHORTEST_STUCK_MS = DAY_MS - 2 * HOUR_MS;

/** Unless it is called so often that nobody can be waiting for its answers. */
const SHORTEST_STUCK_HOURS = 3;
const MANY_REQUESTS = 1_000_000;

/** Fewer requests say nothing about the SLI. */
const HEALTHY_REQUESTS = 30;

/** Since when the success ratio has been stuck near 0, and what it was. */
export interface StuckAtZero {
  sinceMs: number;
  requests: number;
  /** Share of `requests` that succeeded. */
  successRatio: number;
}

/**
 * Distinguishes a broken SLI (say, one that counts business exceptions as faults) from an outage: outages have an end, or a
 * beginning after better days. A series is stuck if practically every hour with traffic of the whole history failed
 * almost all of its requests, or if every one has for the last 7 days. A young history is stuck if millions of
 * requests failed. Undefined where it is not stuck.
 */
export function findStuckAtZero(history: SliHistory): StuckAtZero | undefined {
  const { total, bad, startMs, firstKnown, endKnown } = history;
  const isStuck = (i: number) =>
    total[i] - bad[i] <= HIGHEST_STUCK_SUCCESS * total[i];
  let hoursWithTraffic = 0;
  let stuckHours = 0;
  let lastGoodHour = firstKnown - 1;
  for (let i = firstKnown; i < endKnown; i++) {
    if (total[i] > 0) {
      hoursWithTraffic++;
      if (isStuck(i)) {
        stuckHours++;
      } else {
        lastGoodHour = i;
      }
    }
  }
  const whole = measure(history, firstKnown);
  if (
    stuckHours >= STUCK_HOURS * hoursWithTraffic &&
    whole.successRatio <= HIGHEST_STUCK_SUCCESS &&
    ((endKnown - firstKnown) * HOUR_MS >= SHORTEST_STUCK_MS ||
      (stuckHours >= SHORTEST_STUCK_HOURS &&
        whole.requests >= MANY_REQUESTS)) &&
    whole.requests >= HEALTHY_REQUESTS
  ) {
    return whole;
  }
  const tail = measure(history, lastGoodHour + 1);
  const endMs = startMs + endKnown * HOUR_MS;
  return tail.requests >= HEALTHY_REQUESTS &&
    endMs - tail.sinceMs >= LONGEST_OUTAGE_MS
    ? tail
    : undefined;
}

/** The requests from the first hour with traffic at or after index `from`. */
function measure(history: SliHistory, from: number): StuckAtZero {
  const { total, bad, endKnown } = history;
  let first = from;
  while (first < endKnown && !(total[first] > 0)) {
    first++;
  }
  let requests = 0;
  let good = 0;
  for (let i = first; i < endKnown; i++) {
    if (total[i] > 0) {
      requests += total[i];
      good += total[i] - bad[i];
    }
  }
  return {
    sinceMs: history.startMs + first * HOUR_MS,
    requests,
    successRatio: requests > 0 ? good / requests : 1,
  };
}
