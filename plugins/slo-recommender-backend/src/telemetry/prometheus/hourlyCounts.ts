import type {
  DataQualityFinding,
  HourlyCounts,
  HourlyCountsAnswer,
  HourRange,
  TelemetryRequestOptions,
  TelemetryService,
} from 'backstage-plugin-slo-recommender-node';
import { askInParts } from './askInParts';
import { countHours, splitRange } from './bins';
import type { PrometheusClient } from './client';
import { isTemplate, type Dialect } from './dialects';
import { ambiguousName, findingsOf } from './findings';
import { identify } from './identity';
import { OutcomeSamples } from './outcomeSamples';
import { asksForEveryName, namesPerQuery } from './plan';
import { isQuotable } from './promql';
import {
  failedOutcomeOf,
  queryRequestCounter,
  recordAnswer,
} from './requestCounter';
import type { DatasourceSurvey } from './survey';
import { sumToHourlyCounts } from './wholeCounts';

/** In an installation with no more services all of them vouch for their scrape target. */
const SMALL_INSTALLATION = 100;
const MAX_HOURS_PER_QUERY = 31 * 24;

/** The counts of some names over some hours: what is asked at once. */
interface Part {
  names: readonly string[];
  range: HourRange;
  /** True where the query does not list the names, and the answer has others, too. */
  isEveryName: boolean;
}

/**
 * Requests and failures per hour of every service that the server knows under any of its names, from the best
 * evidence that has any of them, and what there is to say about it.
 */
export async function fetchHourlyCounts(
  client: PrometheusClient,
  survey: DatasourceSurvey,
  services: readonly TelemetryService[],
  range: HourRange,
  { signal, onProgress }: TelemetryRequestOptions,
): Promise<HourlyCountsAnswer> {
  const hours = countHours(range);
  const counts = new Map<string, HourlyCounts>();
  const findings = new Map<string, DataQualityFinding[]>();
  if (hours === 0 || services.length === 0) {
    onProgress?.(1);
    return { counts, findings, warnings: [] };
  }
  const { dialects, inventory } = await survey.resolve(range, signal);
  const review = await survey.reviewAt(range, signal);
  const warnings = new Set(inventory.warnings);
  const addFindings = (entityRef: string, found: DataQualityFinding[]) =>
    findings.set(entityRef, [...(findings.get(entityRef) ?? []), ...found]);
  let unresolved = services;

  for (const [index, dialect] of dialects.entries()) {
    if (unresolved.length === 0) {
      break;
    }
    const discovered = await survey.namesOf(dialect, range, signal);
    const { labelValues, ambiguous } = identify(
      usableNames(unresolved),
      discovered.names,
      dialect.isQualified === true,
    );
    const names = [...new Set(labelValues.values())].sort();
    const found = await fetchNames(client, dialect, names, range, {
      everyName: discovered.names,
      signal,
      onProgress: share => onProgress?.((index + share) / dialects.length),
    });
    for (const warning of [...discovered.warnings, ...found.warnings]) {
      warnings.add(warning);
    }
    unresolved = unresolved.filter(({ entityRef, telemetryNames }) => {
      const values = new Set(
        telemetryNames.flatMap(name => labelValues.get(name) ?? []),
      );
      const sum = sumToHourlyCounts(
        [...values].flatMap(value => found.byName.get(value) ?? []),
        hours,
        dialect,
      );
      if (sum) {
        counts.set(entityRef, sum);
        addFindings(entityRef, findingsOf(dialect, [...values], review));
      }
      for (const name of telemetryNames) {
        const candidates = ambiguous.get(name);
        if (candidates) {
          addFindings(entityRef, [ambiguousName(name, candidates)]);
        }
      }
      return !sum;
    });
  }
  onProgress?.(1);
  return { counts, findings, warnings: [...warnings] };
}

/** Names that a label can have; the empty one would match every series without the label. */
function usableNames(services: readonly TelemetryService[]): string[] {
  const names = new Set(services.flatMap(service => service.telemetryNames));
  return [...names].filter(name => name !== '' && isQuotable(name)).sort();
}

async function fetchNames(
  client: PrometheusClient,
  { source, serviceLabel }: Dialect,
  names: readonly string[],
  range: HourRange,
  options: TelemetryRequestOptions & { everyName?: ReadonlySet<string> },
): Promise<{ byName: Map<string, OutcomeSamples>; warnings: string[] }> {
  const isEveryName =
    !isTemplate(source) && asksForEveryName(names, options.everyName, range);
  const perQuery = isEveryName ? names.length : namesPerQuery(range);
  const parts = chunk(names, perQuery).flatMap(someNames =>
    splitRange(range, MAX_HOURS_PER_QUERY).map(someHours => ({
      names: someNames,
      range: someHours,
      isEveryName,
    })),
  );
  // In a small installation all services vouch for their scrape target; in a large one those of the same query do.
  const isSmall =
    options.everyName && options.everyName.size <= SMALL_INSTALLATION;
  const answers = await askInParts(parts, {
    ask: (part: Part, signal) =>
      queryRequestCounter(client, {
        counter: source,
        by: [serviceLabel],
        names: part.isEveryName ? undefined : part.names,
        witnesses: isSmall && !isTemplate(source) ? source.matchers : undefined,
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
      new OutcomeSamples(hours, failedOutcomeOf(source)),
    ]),
  );
  for (const answer of answers) {
    recordAnswer(answer, range.from, labels =>
      byName.get(labels[serviceLabel] ?? ''),
    );
  }
  return { byName, warnings: answers.flatMap(answer => answer.warnings) };
}

/** Two parts that together ask the same; some more where the part asks for every name. */
function halvePart({ names, range, isEveryName }: Part): Part[] {
  if (names.length > 1) {
    const perPart = isEveryName
      ? namesPerQuery(range)
      : Math.ceil(names.length / 2);
    return chunk(names, perPart).map(someNames => ({
      names: someNames,
      range,
      isEveryName: false,
    }));
  }
  const hours = countHours(range);
  return hours > 1
    ? splitRange(range, Math.ceil(hours / 2)).map(half => ({
        names,
        range: half,
        isEveryName,
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
