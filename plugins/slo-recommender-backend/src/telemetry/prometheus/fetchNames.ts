import type {
  HourRange,
  TelemetryRequestOptions,
} from 'backstage-plugin-slo-recommender-node';
import { askInParts } from './askInParts';
import { countHours, splitRange } from './bins';
import type { PrometheusClient } from './client';
import { isTemplate, type Dialect } from './dialects';
import { identifyingLabels, nameIn } from './identity';
import { OutcomeSamples } from './outcomeSamples';
import { asksForEveryName, namesPerQuery } from './plan';
import {
  failedOutcomeOf,
  queryRequestCounter,
  recordAnswer,
} from './requestCounter';

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
 * Requests by outcome and hour of services that a dialect knows.
 *
 * @param names - values of the label of the service.
 * @returns samples by the name of the service, with its namespace where that is a label of its own.
 */
export async function fetchNames(
  client: PrometheusClient,
  dialect: Dialect,
  names: readonly string[],
  range: HourRange,
  options: TelemetryRequestOptions & { everyName?: ReadonlySet<string> },
): Promise<{ byName: Map<string, OutcomeSamples>; warnings: string[] }> {
  const { source } = dialect;
  const by = identifyingLabels(dialect);
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
        by,
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
  const wanted = new Set(names);
  const byName = new Map<string, OutcomeSamples>();
  for (const answer of answers) {
    recordAnswer(answer, range.from, labels => {
      if (!wanted.has(labels[dialect.serviceLabel] ?? '')) {
        return undefined;
      }
      const name = nameIn(dialect, labels);
      const samples =
        byName.get(name) ?? new OutcomeSamples(hours, failedOutcomeOf(source));
      byName.set(name, samples);
      return samples;
    });
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
