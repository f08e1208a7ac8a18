import { setImmediate } from 'node:timers/promises';
import {
  type HourlyLatenciesAnswer,
  type HourRange,
  type TelemetryRequestOptions,
  type TelemetryService,
  HistogramHours,
  sumHistograms,
  type DataQualityFinding,
  type HourlyLatencies,
} from 'backstage-plugin-slo-recommender-node';
import type { PrometheusClient } from '../client/PrometheusClient';
import {
  type DurationHistogram,
  durationHistogramsOf,
} from '../dialects/durations';
import {
  candidatesOf,
  identify,
  identifyIn,
  usableNames,
  valuesOf,
} from '../dialects/identity';
import { settleMoves } from '../dialects/moves';
import { planAttempts } from '../dialects/resolve';
import type { Dialect } from '../dialects/types';
import { bucketFloor, latencyFindings } from '../findings/latencyFindings';
import { whyPassedOver } from '../findings/samplingFindings';
import { countHours } from '../hours';
import type { DatasourceSurvey } from '../survey/DatasourceSurvey';
import { fetchHistograms, type NamedHours } from './fetchHistograms';

/** Fewer hours without latencies are not worth asking elsewhere. */
const FEWEST_MISSING_HOURS = 3;

/** What was found of the latencies of one service so far. */
class FoundLatencies {
  findings: DataQualityFinding[] = [];

  readonly #found: HistogramHours;
  readonly #known: Uint8Array;
  readonly #length: number;
  #dialect: Dialect | undefined;

  constructor(
    readonly service: TelemetryService,
    length: number,
  ) {
    this.#length = length;
    this.#found = new HistogramHours(length);
    this.#known = new Uint8Array(length);
  }

  /** Whether nothing was found yet. */
  get isUnknown(): boolean {
    return this.#dialect === undefined;
  }

  /**
   * Whether the histograms of a dialect may add anything: those of one dialect are of the same requests, under names that
   * have changed over time.
   */
  wants(dialect: Dialect): boolean {
    return (
      this.isUnknown ||
      (this.#dialect === dialect &&
        this.#known.filter(known => known === 0).length >= FEWEST_MISSING_HOURS)
    );
  }

  /** Takes the hours that are still unknown, added up over the names of the service. */
  take(
    names: readonly NamedHours[],
    dialect: Dialect,
    histogram: DurationHistogram,
  ): void {
    for (let hour = 0; hour < this.#length; hour++) {
      if (this.#known[hour]) continue;
      const histograms = names.flatMap(({ hours }) => hours[hour] ?? []);
      if (histograms.length === 0) continue;
      const { boundsSeconds, counts } = sumHistograms(histograms);
      if (boundsSeconds.length === 0) continue;
      this.#found.add(hour, boundsSeconds, counts);
      this.#known[hour] = 1;
      this.#dialect = dialect;
    }
    this.findings = [
      ...this.findings,
      ...latencyFindings(
        histogram,
        names.map(({ notes }) => notes),
      ).filter(
        ({ code }) => !this.findings.some(finding => finding.code === code),
      ),
    ];
  }

  /** Undefined where nothing was found. */
  toHourly(): HourlyLatencies | undefined {
    const common = this.#found.inCommonBuckets();
    return common && this.#dialect
      ? { ...common, evidence: this.#dialect.id }
      : undefined;
  }
}

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
  // how long the parts of a run took is not how long it took
  const attempts = planAttempts(resolution)
    .filter(({ dialect }) => !dialect.isInternal)
    .flatMap(attempt =>
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
      const values = candidatesOf(service, asked);
      return (
        values.length > 0 &&
        (use !== 'by rank' || !whyPassedOver(dialect, values, review))
      );
    });
    const answer = await fetchHistograms(
      client,
      survey,
      { dialect, histogram },
      [
        ...new Set(
          asking.flatMap(({ service }) => candidatesOf(service, asked)),
        ),
      ],
      range,
      {
        everyName: discovered.names,
        signal,
        onProgress: share => onProgress?.((index + share) / attempts.length),
      },
    );
    answer.warnings.forEach(warning => warnings.add(warning));
    const measured = settleMoves(
      dialect.namespaceLabel
        ? identify(names, new Set(answer.byName.keys()), true)
        : asked,
      hours,
      name => {
        const named = answer.byName.get(name);
        return named && (hour => named.hours[hour] !== undefined);
      },
    );
    for (const one of asking) {
      const named = valuesOf(one.service, measured).flatMap(
        name => answer.byName.get(name) ?? [],
      );
      one.take(named, dialect, histogram);
      await setImmediate();
    }
  }
  onProgress?.(1);
  const answer: HourlyLatenciesAnswer = {
    latencies: new Map(),
    findings: new Map(),
    warnings: [...warnings],
  };
  for (const one of found) {
    await setImmediate();
    const latencies = one.toHourly();
    const { entityRef } = one.service;
    if (latencies) answer.latencies.set(entityRef, latencies);
    const findings = [...one.findings, ...bucketFloor(latencies)];
    if (findings.length > 0) answer.findings?.set(entityRef, findings);
  }
  return answer;
}
