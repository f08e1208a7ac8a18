import type {
  DataQualityFinding,
  HourlyCounts,
  LabelMatcher,
  TelemetryService,
} from 'backstage-plugin-slo-recommender-node';
import {
  candidatesOf,
  identify,
  type Identified,
  settledValue,
  valuesOf,
} from '../dialects/identity';
import { SERVER_DIALECTS } from '../dialects/serverMetrics';
import type { Dialect } from '../dialects/types';
import {
  ambiguousName,
  failuresAtCallers,
  idleHours,
  mixedEvidence,
  movedName,
  nameByNamespace,
  outageUndercounted,
  twoForms,
  unexplainedSilence,
  unusableNames,
} from '../findings/evidenceFindings';
import { findingsOf } from '../findings/findingsOf';
import { whyPassedOver } from '../findings/samplingFindings';
import { nothingSelected } from '../findings/selectionFindings';
import { dayOf, type Review } from '../survey/review';
import type { CallsSeen, SeenByCallers } from '../survey/callers';
import { addCounts, fillHours, hasHoles, unknownCounts } from './combineCounts';
import { addRefusedCalls, sumOfCalls } from './refusedCalls';
import { judgeSilence, type Silence } from './silence';

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

/** Share of the requests from which on callers see enough of them. */
const WHOLE_ENOUGH = 0.9;

/** What is known of all services. */
interface Known {
  /** Start of the range, in Unix milliseconds, and its length. */
  fromMs: number;
  hours: number;
  review: Review;
  /** What callers saw, by the metric that has it. */
  callers: readonly { dialect: Dialect; seen: SeenByCallers }[];
}

/** What was found of one service so far. */
export class FoundCounts {
  counts: HourlyCounts | undefined;
  readonly findings: DataQualityFinding[] = [];

  readonly #known: Known;
  #areCallersHeard = false;
  #origin: Origin | undefined;
  #silence: (Silence & { origin: Omit<Origin, 'values'> }) | undefined;
  #whyPassedOver: DataQualityFinding | undefined;
  #whyUncounted: DataQualityFinding[] = [];

  constructor(
    readonly service: TelemetryService,
    known: Known,
  ) {
    this.#known = known;
  }

  /** Whether other evidence may add anything. */
  get isIncomplete(): boolean {
    return !this.counts || hasHoles(this.counts);
  }

  /** Whether the counts come from a kind of metric. */
  isCountedBy(id: Dialect['id']): boolean {
    return this.#origin?.dialect.id === id;
  }

  /** Whether something was left aside for metrics that then had nothing. */
  get isPassedOver(): boolean {
    return this.#whyPassedOver !== undefined && !this.counts;
  }

  /** Whether there are hours of which nothing is known, not even that the service was silent. */
  get mayBeIdle(): boolean {
    return (
      !this.#silence && (!this.counts || this.counts.total.some(Number.isNaN))
    );
  }

  /** Label values of the service. */
  valuesIn(identified: Identified): string[] {
    return valuesOf(this.service, identified);
  }

  /** The same, with those that a name could stand for if nothing is counted yet. */
  candidatesIn(identified: Identified): string[] {
    return this.counts
      ? this.valuesIn(identified)
      : candidatesOf(this.service, identified);
  }

  /** Names that stand for several services, or for one that moved. */
  noteNames(identified: Identified): void {
    const { ambiguous, moved } = identified;
    for (const name of this.counts ? [] : this.service.telemetryNames) {
      const candidates = ambiguous.get(name);
      const places = moved?.get(name) ?? [];
      const own = settledValue(this.service, name, identified);
      this.#addFindings([
        ...(candidates && own
          ? [nameByNamespace(name, own, candidates.length)]
          : []),
        ...(candidates && !own ? [ambiguousName(name, candidates)] : []),
        ...(places.length > 1 ? [movedName(name, places)] : []),
      ]);
    }
  }

  /** True if the dialect is left aside for the metrics of a server that counts more. */
  passOver(dialect: Dialect, values: readonly string[]): boolean {
    const why = whyPassedOver(dialect, values, this.#known.review);
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
      if (this.#whyPassedOver && SERVER_DIALECTS.has(origin.dialect.id)) {
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
    this.#addFindings(
      findingsOf(origin.dialect, origin.names, this.#known.review),
    );
  }

  /** Remembers what is wrong with evidence that knows the service and counts nothing. */
  noteUncounted(dialect: Dialect, names: readonly string[]): void {
    this.#whyUncounted.push(
      ...findingsOf(dialect, names, this.#known.review).filter(
        ({ severity }) => severity === 'error',
      ),
    );
  }

  /** Remembers why nothing is counted by evidence that might know the service. */
  noteWhyUncounted(why: DataQualityFinding): void {
    this.#whyUncounted.push(why);
  }

  /** Says that there is something to count, but none of it is selected. */
  noteUnselected(dialect: Dialect, selection: readonly LabelMatcher[]): void {
    if (!this.findings.some(({ code }) => code === 'nothing_selected')) {
      this.#addFindings([nothingSelected(dialect, selection)]);
    }
  }

  /** Says why nothing was counted, if no evidence did. */
  explainMissingCounts(): void {
    this.#addFindings(
      this.counts
        ? []
        : [
            ...this.#whyUncounted,
            ...unusableNames(this.service.telemetryNames),
          ],
    );
  }

  /**
   * Remembers in which hours the service was silent although its scrape target was there.
   *
   * @param total - requests of hours that end with the range, and may begin before it.
   * @param silent - the same hours, by name of the service; 1 for those in which the name was silent.
   */
  noteSilence(
    total: Float64Array,
    silent: readonly Uint8Array[],
    origin: Omit<Origin, 'values'>,
  ): void {
    const { idle, unexplained } = judgeSilence(
      total,
      Uint8Array.from(total, (_, hour) =>
        silent.some(hours => hours[hour] === 1) ? 1 : 0,
      ),
    );
    if ([...idle, ...unexplained].some(isSilent => isSilent === 1)) {
      this.#silence = {
        origin,
        idle: idle.subarray(-this.#known.hours),
        unexplained: unexplained.subarray(-this.#known.hours),
      };
    }
  }

  /** Adds what other instances of the service count, which write another form of the same kind of metric. */
  add(counts: HourlyCounts, origin: Origin): void {
    if (!this.counts || !this.#origin) {
      return;
    }
    const sum = addCounts(this.counts, counts);
    this.counts = sum.counts;
    const own = this.#origin.dialect;
    this.#addFindings([
      ...(sum.added.hours > 0
        ? [twoForms(own, origin.dialect, sum.added)]
        : []),
      ...(sum.filledHours > 0
        ? [mixedEvidence(own, origin.dialect, sum.filledHours)]
        : []),
    ]);
  }

  /**
   * Adds failures that only callers saw, once all instances of the service are counted.
   *
   * @param next - the dialect that is asked next; undefined if none is.
   */
  addFailuresAtCallers(next?: Dialect): void {
    const own = this.#origin?.dialect ?? this.#silence?.origin.dialect;
    const isWhole =
      !next ||
      (this.#origin && (next.id !== own?.id || next.isSeenByCallers === true));
    if (!own || !isWhole || this.#areCallersHeard) {
      return;
    }
    this.#areCallersHeard = true;
    if (own.isSeenByCallers) {
      return;
    }
    const { fromMs, hours } = this.#known;
    for (const { dialect, seen } of this.#seenByCallers()) {
      const { counts, ...refused } = addRefusedCalls(
        this.counts ?? unknownCounts(hours, own),
        fromMs,
        seen,
        {
          areUnseen: dialect.ownReporters !== undefined,
          isSameMetric: dialect.id === own.id,
        },
      );
      if (refused.hours > 0) {
        this.counts = counts;
        const share = this.#shareSeenBy(dialect, own);
        this.#addFindings([
          failuresAtCallers(dialect, refused),
          ...(refused.outageHours > 0 && share < WHOLE_ENOUGH
            ? [outageUndercounted(refused.outageHours, share)]
            : []),
        ]);
      }
    }
  }

  /** Share of the requests of the last day that callers saw; 1 if that is unknown. */
  #shareSeenBy({ id }: Dialect, own: Dialect): number {
    const { review } = this.#known;
    const names = this.#origin?.names ?? this.#silence?.origin.names ?? [];
    const known = dayOf(own.id, names, review)?.requests ?? 0;
    const seen = dayOf(id, this.service.telemetryNames, review);
    return seen && known > 0 ? seen.requests / known : 1;
  }

  /**
   * What callers saw of the service, once for each kind of metric. A mesh has several kinds of names, of which proxies do
   * not know all while no instance is there: the one under which they saw most failures counts.
   */
  #seenByCallers(): { dialect: Dialect; seen: Map<number, CallsSeen> }[] {
    const byId = new Map<
      Dialect['id'],
      { dialect: Dialect; seen: Map<number, CallsSeen> }
    >();
    for (const { dialect, seen } of this.#known.callers) {
      const identified = identify(
        this.service.telemetryNames,
        new Set(seen.byName.keys()),
        dialect.namespaceLabel !== undefined,
      );
      const all = byId.get(dialect.id) ?? { dialect, seen: new Map() };
      byId.set(dialect.id, all);
      const ofService = sumOfCalls(
        valuesOf(this.service, identified).map(name => seen.byName.get(name)),
      );
      for (const [hourMs, calls] of ofService) {
        if (calls.failures > (all.seen.get(hourMs)?.failures ?? 0)) {
          all.seen.set(hourMs, calls);
        }
      }
    }
    return [...byId.values()];
  }

  /** Takes idle hours that no evidence knows for hours without requests, unless callers saw them fail. */
  settleSilence(): void {
    if (!this.#silence) {
      return;
    }
    const { idle, unexplained, origin } = this.#silence;
    const { counts } = this;
    const isUnknown = (hour: number) =>
      !counts || Number.isNaN(counts.total[hour]);
    const hoursOf = (hours: Uint8Array) =>
      [...hours.keys()].filter(hour => hours[hour] === 1 && isUnknown(hour));
    const idleOnes = hoursOf(idle);
    const unexplainedOnes = hoursOf(unexplained);
    if (idleOnes.length > 0) {
      this.counts ??= unknownCounts(this.#known.hours, origin.dialect);
      for (const hour of idleOnes) {
        this.counts.total[hour] = 0;
        this.counts.bad[hour] = 0;
      }
      this.#addFindings([idleHours(idleOnes.length)]);
    }
    if (unexplainedOnes.length > 0) {
      this.#addFindings([unexplainedSilence(unexplainedOnes.length)]);
    }
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
