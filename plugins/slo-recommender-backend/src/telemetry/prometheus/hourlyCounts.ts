import type {
  HourlyCounts,
  HourlyCountsAnswer,
  HourRange,
  TelemetryRequestOptions,
  TelemetryService,
} from 'backstage-plugin-slo-recommender-node';
import { askInParts } from './askInParts';
import { countHours, splitRange } from './bins';
import type { PrometheusClient } from './client';
import { DIALECTS, type Dialect } from './dialects';
import { discoverNames } from './discoverNames';
import { OutcomeSamples } from './outcomeSamples';
import { isQuotable } from './promql';
import { queryRequestCounter, recordAnswer } from './requestCounter';
import { sumToHourlyCounts } from './wholeCounts';

const MAX_NAMES_PER_QUERY = 100;
const MAX_HOURS_PER_QUERY = 30 * 24;

/** The counts of some names over some hours: what is asked at once. */
interface Part {
  names: readonly string[];
  range: HourRange;
}

/**
 * Requests and failures per hour of every service that the server knows under any of its names, from the best
 * evidence that has any of them.
 */
export async function fetchHourlyCounts(
  client: PrometheusClient,
  services: readonly TelemetryService[],
  range: HourRange,
  { signal, onProgress }: TelemetryRequestOptions,
): Promise<HourlyCountsAnswer> {
  const hours = countHours(range);
  const counts = new Map<string, HourlyCounts>();
  const warnings = new Set<string>();
  let unresolved = hours === 0 ? [] : services;

  for (const [index, dialect] of DIALECTS.entries()) {
    if (unresolved.length === 0) {
      break;
    }
    const discovered = await discoverNames(client, dialect, range, signal);
    const names = usableNames(unresolved).filter(
      name => discovered.names?.has(name) ?? true,
    );
    const found = await fetchNames(client, dialect, names, range, {
      everyName: discovered.names,
      signal,
      onProgress: share => onProgress?.((index + share) / DIALECTS.length),
    });
    for (const warning of [...discovered.warnings, ...found.warnings]) {
      warnings.add(warning);
    }
    unresolved = unresolved.filter(service => {
      const samples = [...new Set(service.telemetryNames)].flatMap(
        name => found.byName.get(name) ?? [],
      );
      const sum = sumToHourlyCounts(samples, hours, dialect.evidence);
      if (sum) {
        counts.set(service.entityRef, sum);
      }
      return !sum;
    });
  }
  onProgress?.(1);
  return { counts, warnings: [...warnings] };
}

/** Names that a label can have; the empty one would match every series without the label. */
function usableNames(services: readonly TelemetryService[]): string[] {
  const names = new Set(services.flatMap(service => service.telemetryNames));
  return [...names].filter(name => name !== '' && isQuotable(name)).sort();
}

async function fetchNames(
  client: PrometheusClient,
  dialect: Dialect,
  names: readonly string[],
  range: HourRange,
  options: TelemetryRequestOptions & { everyName?: ReadonlySet<string> },
): Promise<{ byName: Map<string, OutcomeSamples>; warnings: string[] }> {
  const parts = chunk(names, MAX_NAMES_PER_QUERY).flatMap(someNames =>
    splitRange(range, MAX_HOURS_PER_QUERY).map(someHours => ({
      names: someNames,
      range: someHours,
    })),
  );
  // In a small installation all services vouch for their scrape target; in a large one those of the same query do.
  const isSmall =
    options.everyName && options.everyName.size <= MAX_NAMES_PER_QUERY;
  const answers = await askInParts(parts, {
    ask: (part: Part, signal) =>
      queryRequestCounter(client, {
        counter: dialect,
        by: [dialect.serviceLabel],
        narrowing: [
          { label: dialect.serviceLabel, operator: 'in', values: part.names },
        ],
        witnesses: isSmall ? dialect.matchers : undefined,
        range: part.range,
        binHours: 1,
        subject: describeServices(part.names.length),
        signal,
      }),
    halve: halvePart,
    signal: options.signal,
    onProgress: options.onProgress,
  });
  const hours = countHours(range);
  const byName = new Map(
    names.map(name => [
      name,
      new OutcomeSamples(hours, dialect.outcome.failed),
    ]),
  );
  for (const answer of answers) {
    recordAnswer(answer, range.from, labels =>
      byName.get(labels[dialect.serviceLabel] ?? ''),
    );
  }
  return { byName, warnings: answers.flatMap(answer => answer.warnings) };
}

function halvePart({ names, range }: Part): Part[] {
  if (names.length > 1) {
    return chunk(names, Math.ceil(names.length / 2)).map(half => ({
      names: half,
      range,
    }));
  }
  const hours = countHours(range);
  return hours > 1
    ? splitRange(range, Math.ceil(hours / 2)).map(half => ({
        names,
        range: half,
      }))
    : [];
}

function chunk<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

function describeServices(count: number): string {
  return count === 1 ? '1 service' : `${count} services`;
}
