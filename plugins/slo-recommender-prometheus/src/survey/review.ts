import type {
  HourRange,
  ObservedLatency,
} from 'backstage-plugin-slo-recommender-node';
import type { PrometheusClient } from '../client/PrometheusClient';
import { sampleValue } from '../client/api';
import { runTogether } from '../client/askInParts';
import { answerIfPossible } from '../client/failures';
import { byUnqualifiedName } from '../dialects/identity';
import { findEdgeCounters, UNPAIRED_SPANS } from '../dialects/serviceGraph';
import { type Dialect, isTemplate, PART_LABEL } from '../dialects/types';
import { areSidesSwapped, chooseSide, swapSides } from '../edges/chooseSide';
import {
  fetchLatencies,
  findLatencyHistograms,
  type LatencyAnswer,
} from '../edges/latencies';
import { HOUR_SECONDS } from '../hours';
import { call, labelledUnion, sumBy, vector } from '../promql/expressions';
import { countLastDay, type DayCounts } from './dayCounts';
import type { DiscoveredNames, Resolution } from './inventory';
import type { Strangers } from './strangers';
import { findUnreadable } from './unreadableOutcomes';

const DAY_SECONDS = 86_400;

/** What one dialect says of the last day, by the name of the service. */
export interface ServiceReview {
  dialect: Dialect;
  services: ReadonlyMap<string, DayCounts>;
  /** What may be no requests of users, or of others, by the name of the service. */
  strangers: ReadonlyMap<string, Strangers>;
  /** What was seen instead of outcomes, by the name of the service, the most frequent first. */
  unreadable: ReadonlyMap<string, readonly string[]>;
  /** Share in [0, 1] of what the metric counts that has lost even the name of its service. */
  lostShare: number;
}

/** What the last day of a datasource says of its service graph. */
export interface EdgeReview {
  /** Share of the calls between services of which both sides arrived, in [0, 1]; undefined if the others are not counted. */
  edgeCoverage: number | undefined;
  /** Latencies by edge, in seconds. */
  latencies: ReadonlyMap<string, ObservedLatency>;
  /** Servers with a 99th percentile that lies within the lowest bucket, and the end of that bucket in seconds. */
  belowFloor: ReadonlyMap<string, number>;
  /** Histograms whose values were milliseconds under a name that says seconds. */
  millisecondMetrics: readonly string[];
  /** Histograms with values in seconds and in milliseconds; there are no latencies of them. */
  mixedScaleMetrics: readonly string[];
  areSidesSwapped: boolean;
}

/** What the last day of a datasource says of how far its counts can be trusted. */
export interface Review extends EdgeReview {
  services: readonly ServiceReview[];
}

interface ReviewOptions {
  range: HourRange;
  namesOf(dialect: Dialect, signal?: AbortSignal): Promise<DiscoveredNames>;
  signal?: AbortSignal;
}

/**
 * Looks at the last day of the service graph, with a query for its coverage and some for its latencies. What cannot be
 * answered is left out.
 */
export async function reviewEdges(
  client: PrometheusClient,
  resolution: Resolution,
  at: Date,
  signal?: AbortSignal,
): Promise<EdgeReview> {
  const [edgeCoverage, latency] = await runTogether(either => {
    const window = { at, seconds: DAY_SECONDS, signal: either };
    return [
      answerIfPossible(
        () => fetchEdgeCoverage(client, resolution.inventory, window),
        either,
      ),
      fetchLatenciesIfPossible(client, resolution, window),
    ];
  }, signal);
  return { edgeCoverage, ...readLatencies(latency) };
}

/** Buckets are many: where those of a day are too much, the last hour has to do. */
async function fetchLatenciesIfPossible(
  client: PrometheusClient,
  { inventory, edgeDialect }: Resolution,
  window: { at: Date; seconds: number; signal?: AbortSignal },
): Promise<LatencyAnswer | undefined> {
  const histograms = findLatencyHistograms(
    inventory.metrics,
    edgeDialect?.id === 'service-graph' ? edgeDialect.counter.selection : [],
  );
  const fetchLast = (seconds: number) =>
    answerIfPossible(
      () => fetchLatencies(client, histograms, { ...window, seconds }),
      window.signal,
    );
  return (await fetchLast(window.seconds)) ?? fetchLast(HOUR_SECONDS);
}

/**
 * Looks at the last day before the end of the range, with a query for each dialect, for all services at once: of each kind
 * of evidence those that know services that none before them does. What cannot be answered is left out: counts are none
 * the worse for it.
 */
export async function reviewServices(
  client: PrometheusClient,
  { dialects, inventory }: Resolution,
  { range, namesOf, signal }: ReviewOptions,
): Promise<ServiceReview[]> {
  const chosen: Dialect[] = [];
  const known = new Map<Dialect['id'], Set<string>>();
  for (const dialect of inventory.metrics ? dialects : []) {
    if (dialect.isInternal) continue;
    const { names = [] } = await namesOf(dialect, signal);
    const ofKind = known.get(dialect.id) ?? new Set();
    known.set(dialect.id, ofKind);
    const alone = [...names].map(name => name.slice(name.lastIndexOf('/') + 1));
    if (alone.some(name => !ofKind.has(name))) {
      chosen.push(dialect);
      alone.forEach(name => ofKind.add(name));
    }
  }
  const reviews = await runTogether(
    either =>
      chosen.map(async dialect => {
        const day = await answerIfPossible(
          () =>
            countLastDay(client, dialect, {
              at: range.to,
              countsUnpaired:
                dialect.id === 'service-graph' &&
                inventory.metrics?.has(UNPAIRED_SPANS) === true,
              labels: isTemplate(dialect.source)
                ? undefined
                : inventory.labels.get(dialect.source.metric),
              signal: either,
            }),
          either,
        );
        if (!day) return [];
        const unreadable = await answerIfPossible(
          () => findUnreadable(client, dialect, day.services, range.to, either),
          either,
        );
        return [
          {
            dialect,
            services: withUnqualifiedNames(dialect, day.services),
            strangers: withUnqualifiedNames(dialect, day.strangers),
            unreadable: withUnqualifiedNames(dialect, unreadable ?? new Map()),
            lostShare: day.lostShare,
          },
        ];
      }),
    signal,
  );
  return reviews.flat();
}

/** Services are found under their name without the namespace too, where only one has it. */
function withUnqualifiedNames<T>(
  { isQualified, namespaceLabel }: Dialect,
  services: Map<string, T>,
): Map<string, T> {
  if (!isQualified && !namespaceLabel) {
    return services;
  }
  const all = new Map(services);
  for (const [name, labels] of byUnqualifiedName(services.keys())) {
    const day = services.get(labels[0]);
    if (day && labels.length === 1 && !all.has(name)) {
      all.set(name, day);
    }
  }
  return all;
}

async function fetchEdgeCoverage(
  client: PrometheusClient,
  { metrics }: Resolution['inventory'],
  { at, seconds, signal }: { at: Date; seconds: number; signal?: AbortSignal },
): Promise<number | undefined> {
  const counters = findEdgeCounters(metrics);
  if (!counters) {
    return undefined;
  }
  const sumOf = (metric: string) =>
    sumBy(
      [],
      call('increase', {
        type: 'range',
        vector: vector(metric),
        rangeSeconds: seconds,
      }),
    );
  const { data } = await client.queryAt({
    expression: labelledUnion(
      PART_LABEL,
      new Map([
        ['expired', sumOf(counters.expired)],
        ['all', sumOf(counters.all)],
      ]),
    ),
    at,
    subject: 'edges of the service graph that expired',
    signal,
  });
  const read = (part: string) => {
    const series = data.find(({ metric }) => metric[PART_LABEL] === part);
    return series?.values.length ? sampleValue(series.values[0][1]) : NaN;
  };
  const coverage = 1 - read('expired') / read('all');
  return coverage >= 0 && coverage <= 1 ? coverage : undefined;
}

function readLatencies(answer: LatencyAnswer | undefined) {
  const measured = [...(answer?.edges ?? [])];
  const isSwapped = areSidesSwapped(measured.map(([, edge]) => edge));
  const latencies = new Map<string, ObservedLatency>();
  const belowFloor = new Map<string, number>();
  const aboveFloor = new Set<string>();
  for (const [key, both] of measured) {
    const chosen = chooseSide(isSwapped ? swapSides(both) : both);
    if (!chosen) {
      continue;
    }
    latencies.set(key, chosen);
    const { server } = both.edge;
    if (chosen.p99.fromSeconds === 0 && chosen.p99.toSeconds) {
      belowFloor.set(server, chosen.p99.toSeconds);
    } else {
      aboveFloor.add(server);
    }
  }
  aboveFloor.forEach(server => belowFloor.delete(server));
  return {
    latencies,
    belowFloor,
    millisecondMetrics: answer?.millisecondMetrics ?? [],
    mixedScaleMetrics: answer?.mixedScaleMetrics ?? [],
    areSidesSwapped: isSwapped,
  };
}

/** What was found instead of outcomes of the names, and how much of the metric has lost the name of its service. */
export function unreadableOf(
  { id, source }: Dialect,
  names: readonly string[],
  { services }: Review,
): { values: readonly string[]; lostShare: number } {
  const ofMetric = services.find(
    ({ dialect }) =>
      !isTemplate(source) &&
      !isTemplate(dialect.source) &&
      dialect.source.metric === source.metric,
  );
  return {
    values: firstOfEach(
      id,
      names,
      services,
      review => review.unreadable,
    ).flat(),
    lostShare: ofMetric?.lostShare ?? 0,
  };
}

/** What may be no requests of users, or of others, under all names together. */
export function strangersOf(
  id: Dialect['id'],
  names: readonly string[],
  { services }: Review,
): Strangers {
  const review = services.find(({ dialect }) => dialect.id === id);
  const all = names.flatMap(name => review?.strangers.get(name) ?? []);
  return {
    healthChecks: all.flatMap(({ healthChecks }) => healthChecks),
    environments: all.flatMap(({ environments }) => environments),
    targets: all.flatMap(({ targets }) => targets),
    replicas: all.flatMap(({ replicas }) => replicas),
  };
}

/** The last day of all names together; undefined where the dialect was not reviewed or knows none of them. */
export function dayOf(
  id: Dialect['id'],
  names: readonly string[],
  { services }: Review,
): DayCounts | undefined {
  const days = firstOfEach(id, names, services, review => review.services);
  return days.length === 0
    ? undefined
    : days.reduce((sum, day) => ({
        requests: sum.requests + day.requests,
        failures: sum.failures + day.failures,
        firstFailures: sum.firstFailures + day.firstFailures,
        unpaired: sum.unpaired + day.unpaired,
        unknown: sum.unknown + day.unknown,
        overflown: sum.overflown + day.overflown,
        falls: sum.falls + day.falls,
      }));
}

/** What the best evidence of a kind says of each name, of those that know it. */
function firstOfEach<T>(
  id: Dialect['id'],
  names: readonly string[],
  reviews: readonly ServiceReview[],
  byName: (review: ServiceReview) => ReadonlyMap<string, T>,
): T[] {
  const ofKind = reviews.filter(({ dialect }) => dialect.id === id);
  return names.flatMap(name => {
    const review = ofKind.find(one => one.services.has(name));
    return (review && byName(review).get(name)) ?? [];
  });
}
