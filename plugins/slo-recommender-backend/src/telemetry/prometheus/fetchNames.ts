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
import { chunk, describeServices, halvePart, type Part } from './parts';
import { asksForEveryName, isSmallInstallation, namesPerQuery } from './plan';
import {
  failedOutcomeOf,
  queryRequestCounter,
  recordAnswer,
} from './requestCounter';

const MAX_HOURS_PER_QUERY = 31 * 24;

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
  const isSmall = isSmallInstallation(options.everyName);
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
