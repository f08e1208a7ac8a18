import {
  HistogramHours,
  sumHistograms,
  type DataQualityFinding,
  type Histogram,
  type HourlyLatencies,
  type TelemetryService,
} from 'backstage-plugin-slo-recommender-node';
import type { Dialect, DurationHistogram } from '../dialects';
import { latencyFindings } from '../findings';
import type { BucketNotes } from './HistogramSamples';

/** Fewer hours without latencies are not worth asking elsewhere. */
const FEWEST_MISSING_HOURS = 3;

/** What one histogram says of one name. */
export interface NamedHours {
  /** By hour; undefined where it is unknown. */
  hours: (Histogram | undefined)[];
  notes: BucketNotes;
}

/** What was found of the latencies of one service so far. */
export class FoundLatencies {
  findings: DataQualityFinding[] = [];

  private readonly found: HistogramHours;
  private readonly known: Uint8Array;
  private dialect: Dialect | undefined;

  constructor(
    readonly service: TelemetryService,
    private readonly length: number,
  ) {
    this.found = new HistogramHours(length);
    this.known = new Uint8Array(length);
  }

  /** Whether nothing was found yet. */
  get isUnknown(): boolean {
    return this.dialect === undefined;
  }

  /**
   * Whether the histograms of a dialect may add anything: those of one dialect are of the same requests, under names that
   * have changed over time.
   */
  wants(dialect: Dialect): boolean {
    return (
      this.isUnknown ||
      (this.dialect === dialect &&
        this.known.filter(known => known === 0).length >= FEWEST_MISSING_HOURS)
    );
  }

  /** Takes the hours that are still unknown, added up over the names of the service. */
  take(
    names: readonly NamedHours[],
    dialect: Dialect,
    histogram: DurationHistogram,
  ): void {
    for (let hour = 0; hour < this.length; hour++) {
      if (this.known[hour]) continue;
      const histograms = names.flatMap(({ hours }) => hours[hour] ?? []);
      if (histograms.length === 0) continue;
      const { boundsSeconds, counts } = sumHistograms(histograms);
      if (boundsSeconds.length === 0) continue;
      this.found.add(hour, boundsSeconds, counts);
      this.known[hour] = 1;
      this.dialect = dialect;
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
    const common = this.found.inCommonBuckets();
    return common && this.dialect
      ? { ...common, evidence: this.dialect.id }
      : undefined;
  }
}
