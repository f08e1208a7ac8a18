import type {
  DataQualityFinding,
  HourlyCounts,
  TelemetryService,
} from 'backstage-plugin-slo-recommender-node';
import { type Identified, valuesOf } from '../dialects/identity';
import type { Dialect } from '../dialects/types';
import { ambiguousName, mixedEvidence } from '../findings/evidenceFindings';
import { findingsOf } from '../findings/findingsOf';
import { whyNotSpans } from '../findings/samplingFindings';
import type { Review } from '../survey/review';

/** Where counts come from. */
interface Origin {
  dialect: Dialect;
  /** Under which the service was counted. */
  names: readonly string[];
  /** Values of the label of the service. */
  values: readonly string[];
}

/** At how many instants of the range a dialect knows the services; undefined if that is unknown. */
type KnownHours = (
  dialect: Dialect,
) => Promise<ReadonlyMap<string, number> | undefined>;

/** What was found of one service so far. */
export class FoundCounts {
  counts: HourlyCounts | undefined;
  readonly findings: DataQualityFinding[] = [];

  readonly #review: Review;
  #origin: Origin | undefined;
  #whyPassedOver: DataQualityFinding | undefined;

  constructor(
    readonly service: TelemetryService,
    review: Review,
  ) {
    this.#review = review;
  }

  /** Whether other evidence may add anything. */
  get isIncomplete(): boolean {
    return !this.counts || hasHoles(this.counts);
  }

  /** Whether spans were left aside for metrics that then had nothing. */
  get isPassedOver(): boolean {
    return this.#whyPassedOver !== undefined && !this.counts;
  }

  /** Label values of the service. */
  valuesIn(identified: Identified): string[] {
    return valuesOf(this.service, identified);
  }

  noteAmbiguity({ ambiguous }: Identified): void {
    for (const name of this.counts ? [] : this.service.telemetryNames) {
      const candidates = ambiguous.get(name);
      if (candidates) {
        this.#addFindings([ambiguousName(name, candidates)]);
      }
    }
  }

  /** True where spans are left aside for the metrics of the HTTP server. */
  passOver(dialect: Dialect, values: readonly string[]): boolean {
    const why = whyNotSpans(dialect, values, this.#review);
    this.#whyPassedOver ??= why;
    return why !== undefined;
  }

  /** Whether a dialect knows the service for more of the range than the one that its counts come from. */
  async isKnownLongerTo(
    dialect: Dialect,
    values: readonly string[],
    knownHours: KnownHours,
  ): Promise<boolean> {
    if (!this.#origin) {
      return true;
    }
    const own = await knownHours(this.#origin.dialect);
    const others = own && (await knownHours(dialect));
    return others
      ? longest(values, others) > longest(this.#origin.values, own)
      : false;
  }

  /** Takes the counts, or of them the hours that are still unknown. */
  take(counts: HourlyCounts, origin: Origin): void {
    if (!this.counts || !this.#origin) {
      this.counts = counts;
      this.#origin = origin;
      if (this.#whyPassedOver && origin.dialect.id === 'otel-http-metrics') {
        this.#addFindings([this.#whyPassedOver]);
      }
    } else {
      const filled = fillHours(this.counts, counts);
      if (filled.filledHours === 0) {
        return;
      }
      this.counts = filled.counts;
      this.#addFindings([
        mixedEvidence(this.#origin.dialect, origin.dialect, filled.filledHours),
      ]);
    }
    this.#addFindings(findingsOf(origin.dialect, origin.names, this.#review));
  }

  /** Each once: several kinds of evidence may say the same. */
  #addFindings(findings: readonly DataQualityFinding[]): void {
    this.findings.push(
      ...findings.filter(
        ({ code, message }) =>
          !this.findings.some(
            known => known.code === code && known.message === message,
          ),
      ),
    );
  }
}

function longest(
  values: readonly string[],
  hours: ReadonlyMap<string, number>,
): number {
  return Math.max(0, ...values.map(value => hours.get(value) ?? 0));
}

/** Fewer hours without counts are not worth asking elsewhere. */
const FEWEST_MISSING_HOURS = 3;

/** Whether so many hours are unknown that other evidence may be asked for them. */
export function hasHoles({ total }: HourlyCounts): boolean {
  return total.filter(Number.isNaN).length >= FEWEST_MISSING_HOURS;
}

/**
 * The counts of better evidence, and those of other evidence for the hours that the better one does not know, or knows
 * in part because it begins or ends there. Evidence and definition of failures are those of the newest hour.
 *
 * @returns the number of hours filled too.
 */
export function fillHours(
  better: HourlyCounts,
  other: HourlyCounts,
): { counts: HourlyCounts; filledHours: number } {
  const total = Float64Array.from(better.total);
  const bad = Float64Array.from(better.bad);
  const unknown =
    (better.unknown ?? other.unknown) &&
    Float64Array.from(better.unknown ?? new Float64Array(total.length));
  let filledHours = 0;
  let newest = better;
  for (let hour = 0; hour < total.length; hour++) {
    const isUnknown = Number.isNaN(better.total[hour]);
    const isAtAnEnd =
      Number.isNaN(better.total[hour - 1] ?? 0) ||
      Number.isNaN(better.total[hour + 1] ?? 0);
    if (
      isUnknown
        ? !Number.isNaN(other.total[hour])
        : isAtAnEnd && other.total[hour] > better.total[hour]
    ) {
      total[hour] = other.total[hour];
      bad[hour] = other.bad[hour];
      if (unknown) unknown[hour] = other.unknown?.[hour] ?? 0;
      filledHours += 1;
      newest = other;
    } else if (!isUnknown) {
      newest = better;
    }
  }
  const { evidence, failureDefinition } = newest;
  return {
    counts: {
      total,
      bad,
      ...(unknown && { unknown }),
      evidence,
      failureDefinition,
    },
    filledHours,
  };
}
