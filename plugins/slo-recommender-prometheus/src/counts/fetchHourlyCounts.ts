import type {
  HourlyCountsAnswer,
  HourRange,
  TelemetryRequestOptions,
  TelemetryService,
} from 'backstage-plugin-slo-recommender-node';
import type { PrometheusClient } from '../client/PrometheusClient';
import { askInParts } from '../client/askInParts';
import {
  identify,
  identifyIn,
  identifyingLabels,
  nameIn,
  usableNames,
} from '../dialects/identity';
import { planAttempts } from '../dialects/resolve';
import { type Dialect, isTemplate } from '../dialects/types';
import { countHours, splitRange } from '../hours';
import type { DatasourceSurvey } from '../survey/DatasourceSurvey';
import { FoundCounts } from './FoundCounts';
import { OutcomeSamples, sumToHourlyCounts } from './outcomeSamples';
import {
  asksForEveryName,
  chunk,
  describeServices,
  halvePart,
  isSmallInstallation,
  namesPerQuery,
  type Part,
} from './parts';
import { outcomeOf, queryRequestCounter, recordAnswer } from './requestCounter';

/**
 * Requests and failures per hour of every service that the server knows under any of its names, from the best
 * evidence that has any of them, and what there is to say about it. Hours that it does not know are filled from the
 * next best that knows the service for longer.
 */
export async function fetchHourlyCounts(
  client: PrometheusClient,
  survey: DatasourceSurvey,
  services: readonly TelemetryService[],
  range: HourRange,
  { signal, onProgress }: TelemetryRequestOptions,
): Promise<HourlyCountsAnswer> {
  const hours = countHours(range);
  if (hours === 0 || services.length === 0) {
    onProgress?.(1);
    return { counts: new Map(), findings: new Map(), warnings: [] };
  }
  const resolution = await survey.resolve(range, signal);
  const review = await survey.reviewAt(range, signal);
  const warnings = new Set(resolution.inventory.warnings);
  const found = services.map(service => new FoundCounts(service, review));
  const attempts = planAttempts(resolution);

  for (const [index, { dialect, use }] of attempts.entries()) {
    const wanting = found.filter(one =>
      use === 'last resort' ? one.isPassedOver : one.isIncomplete,
    );
    if (wanting.length === 0) {
      continue;
    }
    const discovered = await survey.namesOf(dialect, range, signal);
    discovered.warnings.forEach(warning => warnings.add(warning));
    const asked = identifyIn(
      dialect,
      usableNames(wanting.map(({ service }) => service)),
      discovered.names,
    );
    const asking: FoundCounts[] = [];
    for (const one of wanting) {
      const values = one.valuesIn(asked);
      if (values.length === 0) {
        one.noteAmbiguity(asked);
      } else if (one.counts) {
        if (await one.isKnownLongerTo(dialect, values, known)) asking.push(one);
      } else if (use !== 'by rank' || !one.passOver(dialect, values)) {
        asking.push(one);
      }
    }
    const answer = await fetchNames(
      client,
      dialect,
      [...new Set(asking.flatMap(one => one.valuesIn(asked)))].sort(),
      range,
      {
        everyName: discovered.names,
        signal,
        onProgress: share => onProgress?.((index + share) / attempts.length),
      },
    );
    answer.warnings.forEach(warning => warnings.add(warning));
    const counted = dialect.namespaceLabel
      ? identify(
          usableNames(asking.map(({ service }) => service)),
          new Set(answer.byName.keys()),
          true,
        )
      : asked;
    for (const one of asking) {
      const names = one.valuesIn(counted);
      one.noteAmbiguity(counted);
      const counts = sumToHourlyCounts(
        names.flatMap(name => answer.byName.get(name) ?? []),
        hours,
        dialect,
      );
      if (counts) {
        one.take(counts, { dialect, names, values: one.valuesIn(asked) });
      }
    }
  }
  onProgress?.(1);
  return {
    counts: new Map(
      found.flatMap(({ service, counts }) =>
        counts ? [[service.entityRef, counts] as const] : [],
      ),
    ),
    findings: new Map(
      found.flatMap(({ service, findings }) =>
        findings.length > 0 ? [[service.entityRef, findings] as const] : [],
      ),
    ),
    warnings: [...warnings],
  };

  function known(dialect: Dialect) {
    return survey.knownHoursOf(dialect, range, signal);
  }
}

const MAX_HOURS_PER_QUERY = 31 * 24;

/**
 * Requests by outcome and hour of services that a dialect knows.
 *
 * @param names - values of the label of the service.
 * @returns samples by the name of the service, with its namespace where that is a label of its own.
 */
async function fetchNames(
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
        byName.get(name) ?? new OutcomeSamples(hours, outcomeOf(source));
      byName.set(name, samples);
      return samples;
    });
  }
  return { byName, warnings: answers.flatMap(answer => answer.warnings) };
}
