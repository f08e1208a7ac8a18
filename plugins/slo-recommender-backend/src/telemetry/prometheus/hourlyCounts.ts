import type {
  HourlyCountsAnswer,
  HourRange,
  TelemetryRequestOptions,
  TelemetryService,
} from 'backstage-plugin-slo-recommender-node';
import { planAttempts } from './attempts';
import { countHours } from './bins';
import type { PrometheusClient } from './client';
import type { Dialect } from './dialects';
import { fetchNames } from './fetchNames';
import { FoundCounts } from './FoundCounts';
import { identify, identifyIn, usableNames } from './identity';
import type { DatasourceSurvey } from './survey';
import { sumToHourlyCounts } from './wholeCounts';

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
