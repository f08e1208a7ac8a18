import type {
  DependenciesAnswer,
  HourRange,
  ObservedDependency,
  TelemetryRequestOptions,
} from 'backstage-plugin-slo-recommender-node';
import type { PrometheusClient } from '../client/PrometheusClient';
import { askInParts } from '../client/askInParts';
import { OutcomeSamples, toWholeCounts } from '../counts/outcomeSamples';
import {
  type CounterAnswer,
  queryRequestCounter,
  recordAnswer,
} from '../counts/requestCounter';
import { type Edge, type EdgeDialect, edgeKey } from '../dialects/edges';
import { addHours, countHours, splitRange } from '../hours';
import type { DatasourceSurvey } from '../survey/DatasourceSurvey';

const MAX_DAYS_PER_QUERY = 7;

/** All edges over a part of the range, in bins of an hour or a day. */
interface Part {
  range: HourRange;
  binHours: 1 | 24;
}

/**
 * Calls per edge of the service graph, or of Istio, summed over the range; no edges where there is neither. Latencies
 * are those of the last day of the range.
 *
 * When an edge was last seen is exact to the hour within the last day of the range. Earlier days are added up by the
 * server, because an hourly answer of a large graph is 24 times as long: there, first seen means the first hour of the
 * day, and last seen the last.
 */
export async function fetchDependencies(
  client: PrometheusClient,
  survey: DatasourceSurvey,
  range: HourRange,
  { signal, onProgress }: TelemetryRequestOptions,
): Promise<DependenciesAnswer> {
  const { edgeDialect, inventory } = await survey.resolve(range, signal);
  if (!edgeDialect) {
    onProgress?.(1);
    return { dependencies: [], warnings: inventory.warnings };
  }
  const answers = await askInParts(planParts(range), {
    // added up at once: the hours of all edges are too many to be held for all parts
    ask: async (part, partSignal) => {
      const answer = await queryRequestCounter(client, {
        ...part,
        counter: edgeDialect.counter,
        by: edgeDialect.by,
        subject: 'all services',
        signal: partSignal,
      });
      return {
        calls: await readCalls(answer, edgeDialect),
        warnings: answer.warnings,
      };
    },
    halve: halvePart,
    signal,
    onProgress,
  });
  const edges = new Map<string, ObservedDependency>();
  const warnings = new Set([
    ...inventory.warnings,
    ...answers.flatMap(answer => answer.warnings),
  ]);
  const calls = answers.flatMap(answer => answer.calls);
  for (const seen of believeReporter(calls, edgeDialect)) {
    if (Number.isFinite(seen.calls) && Number.isFinite(seen.failedCalls)) {
      const key = edgeKey(seen);
      const earlier = edges.get(key);
      edges.set(key, earlier ? addCalls(earlier, seen) : seen);
    } else {
      warnings.add(
        `Datasource '${client.datasourceId}': ${edgeDialect.counter.metric} has values that are no numbers; calls in those hours are not counted`,
      );
    }
  }
  const { latencies } = await survey.reviewAt(range, signal);
  onProgress?.(1);
  return {
    dependencies: [...edges].map(([key, edge]) => {
      const whole = toWholeCounts(edge.calls, edge.failedCalls);
      return {
        ...edge,
        calls: whole.total,
        failedCalls: whole.bad,
        latency: latencies.get(key) ?? null,
      };
    }),
    warnings: [...warnings],
  };
}

/** What is left at the start by the hour, then whole days, then the last day by the hour. */
function planParts(range: HourRange): Part[] {
  const wholeDays = Math.max(0, Math.floor(countHours(range) / 24) - 1);
  const lastDay = wholeDays > 0 ? addHours(range.to, -24) : range.to;
  const firstDay = addHours(lastDay, -24 * wholeDays);
  const byHour = (hours: HourRange): Part[] =>
    splitRange(hours, 24).map(part => ({ range: part, binHours: 1 }));
  const byDay = (days: HourRange): Part[] =>
    splitRange(days, 24 * MAX_DAYS_PER_QUERY).map(part => ({
      range: part,
      binHours: 24,
    }));
  return [
    ...byHour({ from: range.from, to: firstDay }),
    ...byDay({ from: firstDay, to: lastDay }),
    ...byHour({ from: lastDay, to: range.to }),
  ];
}

function halvePart({ range, binHours }: Part): Part[] {
  const bins = countHours(range) / binHours;
  return bins > 1
    ? splitRange(range, Math.ceil(bins / 2) * binHours).map(half => ({
        range: half,
        binHours,
      }))
    : [];
}

/** Calls over an edge in one bin, and who counted them. */
type ReportedCalls = ObservedDependency & { reporter: string };

/** Calls per edge and bin; NaN where a bin cannot be read. */
async function readCalls(
  answer: CounterAnswer,
  { edgeOf, counter, reporter: reporting }: EdgeDialect,
): Promise<ReportedCalls[]> {
  const { range, binHours } = answer.query;
  const bins = countHours(range) / binHours;
  const edges = new Map<
    string,
    { edge: Edge; reporter: string; samples: OutcomeSamples }
  >();
  await recordAnswer(answer, range.from, labels => {
    const edge = edgeOf(labels);
    if (!edge) {
      return undefined;
    }
    const reporter = reporting ? (labels[reporting.label] ?? '') : '';
    // edges that differ in the type of their connection only may be one to us, but are series of their own
    const key = JSON.stringify(answer.query.by.map(label => labels[label]));
    const known = edges.get(key);
    if (known) {
      return known.samples;
    }
    const samples = new OutcomeSamples(bins, counter.outcome);
    edges.set(key, { edge, reporter, samples });
    return samples;
  });
  return [...edges.values()].flatMap(({ edge, reporter, samples }) =>
    addBins(samples, answer.query).map(calls => ({
      ...edge,
      reporter,
      ...calls,
    })),
  );
}

/**
 * Adds up the bins with calls; none of them where there are none, and one of NaN more where some cannot be read. A large
 * graph has a million bins, too many to return one by one.
 */
function addBins(
  samples: OutcomeSamples,
  { range, binHours }: CounterAnswer['query'],
): Omit<ReportedCalls, keyof Edge | 'reporter'>[] {
  const readable = { calls: 0, failedCalls: 0, first: -1, last: -1 };
  const unreadable = { first: -1, last: -1 };
  for (let bin = 0; bin < samples.length; bin++) {
    // a call is one whether or not its outcome can be read
    const calls = samples.has(bin)
      ? samples.total(bin) + samples.unknown(bin)
      : 0;
    const failedCalls = samples.has(bin) ? samples.bad(bin) : 0;
    if (calls < 0.5) continue;
    const seen = Number.isFinite(calls + failedCalls) ? readable : unreadable;
    if (seen === readable) {
      readable.calls += calls;
      readable.failedCalls += failedCalls;
    }
    if (seen.first < 0) seen.first = bin;
    seen.last = bin;
  }
  const span = ({ first, last }: { first: number; last: number }) => ({
    latency: null,
    firstSeenAt: addHours(range.from, first * binHours),
    lastSeenAt: addHours(range.from, (last + 1) * binHours - 1),
  });
  return [
    ...(readable.first < 0
      ? []
      : [
          {
            ...span(readable),
            calls: readable.calls,
            failedCalls: readable.failedCalls,
          },
        ]),
    ...(unreadable.first < 0
      ? []
      : [{ ...span(unreadable), calls: NaN, failedCalls: NaN }]),
  ];
}

/** Leaves out what others reported of edges that a better reporter knows, or calls would count twice. */
function believeReporter(
  calls: ReportedCalls[],
  { reporter: reporting }: EdgeDialect,
): ObservedDependency[] {
  const preferred = reporting?.preferred ?? [];
  const rankOf = ({ reporter }: ReportedCalls) => {
    const rank = preferred.indexOf(reporter);
    return rank < 0 ? preferred.length : rank;
  };
  const best = new Map<string, number>();
  for (const seen of calls) {
    const key = edgeKey(seen);
    best.set(key, Math.min(best.get(key) ?? Infinity, rankOf(seen)));
  }
  return calls
    .filter(seen => rankOf(seen) === best.get(edgeKey(seen)))
    .map(({ reporter, ...seen }) => seen);
}

function addCalls(
  earlier: ObservedDependency,
  seen: ObservedDependency,
): ObservedDependency {
  return {
    ...earlier,
    calls: earlier.calls + seen.calls,
    failedCalls: earlier.failedCalls + seen.failedCalls,
    firstSeenAt:
      seen.firstSeenAt < earlier.firstSeenAt
        ? seen.firstSeenAt
        : earlier.firstSeenAt,
    lastSeenAt:
      seen.lastSeenAt > earlier.lastSeenAt
        ? seen.lastSeenAt
        : earlier.lastSeenAt,
  };
}
