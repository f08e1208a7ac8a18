import type {
  HourlyLatenciesAnswer,
  HourRange,
  TelemetryRequestOptions,
  TelemetryService,
} from 'backstage-plugin-slo-recommender-node';
import { planAttempts } from '../attempts';
import { countHours } from '../bins';
import type { PrometheusClient } from '../client';
import { durationHistogramsOf } from '../dialects';
import { bucketFloor, whyNotSpans } from '../findings';
import { identify, identifyIn, usableNames, valuesOf } from '../identity';
import type { DatasourceSurvey } from '../survey';
import { fetchHistograms } from './fetchHistograms';
import { FoundLatencies } from './FoundLatencies';

/**
 * How long the requests of every service took that the server knows under any of its names, from the histograms beside
 * the best counters that have any. Hours that they do not know stay unknown: other evidence may be of other requests.
 */
export async function fetchHourlyLatencies(
  client: PrometheusClient,
  survey: DatasourceSurvey,
  services: readonly TelemetryService[],
  range: HourRange,
  { signal, onProgress }: TelemetryRequestOptions,
): Promise<HourlyLatenciesAnswer> {
  const hours = countHours(range);
  if (hours === 0 || services.length === 0) {
    onProgress?.(1);
    return { latencies: new Map(), warnings: [] };
  }
  const resolution = await survey.resolve(range, signal);
  const review = await survey.reviewAt(range, signal);
  const { metrics } = resolution.inventory;
  const warnings = new Set(resolution.inventory.warnings);
  const found = services.map(service => new FoundLatencies(service, hours));
  const attempts = planAttempts(resolution).flatMap(attempt =>
    durationHistogramsOf(
      attempt.dialect,
      metrics,
      review.areSidesSwapped ? 'client' : 'server',
    ).map(histogram => ({ ...attempt, histogram })),
  );

  for (const [index, { dialect, use, histogram }] of attempts.entries()) {
    const wanting = found.filter(one => one.wants(dialect));
    if (wanting.length === 0) continue;
    const discovered = await survey.namesOf(dialect, range, signal);
    discovered.warnings.forEach(warning => warnings.add(warning));
    const names = usableNames(wanting.map(({ service }) => service));
    const asked = identifyIn(dialect, names, discovered.names);
    const asking = wanting.filter(({ service }) => {
      const values = valuesOf(service, asked);
      return (
        values.length > 0 &&
        (use !== 'by rank' || !whyNotSpans(dialect, values, review))
      );
    });
    const answer = await fetchHistograms(
      client,
      survey,
      { dialect, histogram },
      [...new Set(asking.flatMap(({ service }) => valuesOf(service, asked)))],
      range,
      {
        everyName: discovered.names,
        signal,
        onProgress: share => onProgress?.((index + share) / attempts.length),
      },
    );
    answer.warnings.forEach(warning => warnings.add(warning));
    const measured = dialect.namespaceLabel
      ? identify(names, new Set(answer.byName.keys()), true)
      : asked;
    for (const one of asking) {
      const named = valuesOf(one.service, measured).flatMap(
        name => answer.byName.get(name) ?? [],
      );
      one.take(named, dialect, histogram);
    }
  }
  onProgress?.(1);
  const answer: HourlyLatenciesAnswer = {
    latencies: new Map(),
    findings: new Map(),
    warnings: [...warnings],
  };
  for (const one of found) {
    const latencies = one.toHourly();
    const { entityRef } = one.service;
    if (latencies) answer.latencies.set(entityRef, latencies);
    const findings = [...one.findings, ...bucketFloor(latencies)];
    if (findings.length > 0) answer.findings?.set(entityRef, findings);
  }
  return answer;
}
