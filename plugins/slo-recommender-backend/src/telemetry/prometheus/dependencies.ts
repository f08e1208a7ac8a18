import type {
  DependenciesAnswer,
  HourRange,
  ObservedDependency,
  TelemetryRequestOptions,
} from 'backstage-plugin-slo-recommender-node';
import { askInParts } from './askInParts';
import { addHours, countHours, splitRange } from './bins';
import type { PrometheusClient } from './client';
import { SERVICE_GRAPH } from './dialects';
import { OutcomeSamples } from './outcomeSamples';
import {
  queryRequestCounter,
  recordAnswer,
  type CounterAnswer,
} from './requestCounter';
import { toWholeCounts } from './wholeCounts';

const EDGE_LABELS = ['client', 'server', 'connection_type'];
const MAX_DAYS_PER_QUERY = 7;

const CONNECTION_TYPES = new Map<string, ObservedDependency['connectionType']>([
  ['messaging_system', 'messaging'],
  ['database', 'database'],
  ['virtual_node', 'virtual'],
]);

/** All edges over a part of the range, in bins of an hour or a day. */
interface Part {
  range: HourRange;
  binHours: 1 | 24;
}

/**
 * Calls per edge of the service graph, summed over the range; no edges where there is no such metric.
 *
 * When an edge was last seen is exact to the hour within the last day of the range. Earlier days are added up by the
 * server, because an hourly answer of a large graph is 24 times as long: there, first seen means the first hour of the
 * day, and last seen the last.
 */
export async function fetchDependencies(
  client: PrometheusClient,
  range: HourRange,
  { signal, onProgress }: TelemetryRequestOptions,
): Promise<DependenciesAnswer> {
  const answers = await askInParts(planParts(range), {
    ask: (part, partSignal) =>
      queryRequestCounter(client, {
        ...part,
        counter: SERVICE_GRAPH,
        by: EDGE_LABELS,
        subject: 'all services',
        signal: partSignal,
      }),
    halve: halvePart,
    signal,
    onProgress,
  });
  const edges = new Map<string, ObservedDependency>();
  const warnings = new Set(answers.flatMap(answer => answer.warnings));
  for (const seen of answers.flatMap(readCalls)) {
    if (Number.isFinite(seen.calls) && Number.isFinite(seen.failedCalls)) {
      const key = JSON.stringify([
        seen.client,
        seen.server,
        seen.connectionType,
      ]);
      const earlier = edges.get(key);
      edges.set(key, earlier ? addCalls(earlier, seen) : seen);
    } else {
      warnings.add(
        `Datasource '${client.datasourceId}': the service graph has values that are no numbers; calls in those hours are not counted`,
      );
    }
  }
  onProgress?.(1);
  return {
    dependencies: [...edges.values()].map(edge => {
      const whole = toWholeCounts(edge.calls, edge.failedCalls);
      return { ...edge, calls: whole.total, failedCalls: whole.bad };
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

/** Calls per edge and bin; NaN where a bin cannot be read. */
function readCalls(answer: CounterAnswer): ObservedDependency[] {
  const { range, binHours, counter } = answer.query;
  const bins = countHours(range) / binHours;
  const edges = new Map<
    string,
    Pick<ObservedDependency, 'client' | 'server' | 'connectionType'> & {
      samples: OutcomeSamples;
    }
  >();
  recordAnswer(answer, range.from, labels => {
    const { client, server, connection_type: type = '' } = labels;
    if (!client || !server) {
      return undefined;
    }
    const key = JSON.stringify([client, server, type]);
    const known = edges.get(key);
    if (known) {
      return known.samples;
    }
    const connectionType = CONNECTION_TYPES.get(type) ?? 'request';
    const samples = new OutcomeSamples(bins, counter.outcome.failed);
    edges.set(key, { client, server, connectionType, samples });
    return samples;
  });
  return [...edges.values()].flatMap(({ samples, ...edge }) =>
    Array.from({ length: bins }, (_, bin) => {
      const firstSeenAt = addHours(range.from, bin * binHours);
      return {
        ...edge,
        calls: samples.has(bin) ? samples.total(bin) : 0,
        failedCalls: samples.has(bin) ? samples.bad(bin) : 0,
        firstSeenAt,
        lastSeenAt: addHours(firstSeenAt, binHours - 1),
      };
    }).filter(({ calls }) => Number.isNaN(calls) || calls >= 0.5),
  );
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
