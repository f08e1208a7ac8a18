import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';

/** Length of the bins in which counts are exchanged and stored, in milliseconds. */
export const HOUR_MS = 3_600_000;

/** A condition on a label; the value of `=~` and `!~` is an RE2 pattern that matches it whole. */
export interface LabelMatcher {
  label: string;
  operator: '=' | '!=' | '=~' | '!~';
  value: string;
}

/** A service and the names under which telemetry may know it, best first. */
export interface TelemetryService {
  entityRef: string;
  telemetryNames: string[];
  /** Names with a namespace, `<namespace>/<name>`, that other services have: this one is not meant by them. */
  namesOfOthers?: string[];
  /** Which series of its metrics count; all of them by default. A source that cannot select them leaves the service out. */
  matchers?: LabelMatcher[] | null;
}

/** Hours from `from` (inclusive) to `to` (exclusive), both on a full UTC hour. */
export interface HourRange {
  from: Date;
  to: Date;
}

/** Something about the telemetry that a developer should know, and how to fix it. */
export interface DataQualityFinding {
  /** Stable identifier, for example `bucket_floor`. */
  code: string;
  /** `error`: the numbers cannot be believed. `warning`: they are biased or incomplete. `info`: good to know. */
  severity: 'error' | 'warning' | 'info';
  /** What was found, in words. */
  message: string;
  /** What to do about it; null where there is nothing to do. */
  fix: string | null;
  /** Configuration to paste, for a collector or an instrumentation. */
  snippet: { title: string; language: string; text: string } | null;
  /** What the fix would gain. */
  gain: string | null;
}

/**
 * Counts of one SLI, one element per hour of the range asked for, oldest first; element i counts the events in
 * [from + i h, from + (i+1) h).
 *
 * `total` is NaN where the source knows nothing of the hour (which is not the same as 0 requests). `bad` is NaN
 * exactly where `total` is; elsewhere 0 ≤ bad ≤ total is expected, and its violation is reported as an invalid SLI.
 */
export interface HourlyCounts {
  /** Requests whose outcome is known. */
  total: Float64Array;
  bad: Float64Array;
  /**
   * Requests whose outcome cannot be read, which are not part of `total`: 0 where there are none. `total` is NaN in an
   * hour in which nothing else was seen. Left out if every outcome is known.
   */
  unknown?: Float64Array;
  /** Metric family that the counts were taken from, for example `tempo-span-metrics`. */
  evidence: string;
  /** What counts as a failed request, in words, for example `server spans with status ERROR`. */
  failureDefinition: string;
}

export interface HourlyCountsAnswer {
  /** By entity reference. A service of which the source knows nothing in the range is left out. */
  counts: Map<string, HourlyCounts>;
  /** By entity reference: what was found about the telemetry, also of services without counts. */
  findings: Map<string, DataQualityFinding[]>;
  /** Warnings of a source that could only answer in part; empty where the answer is whole. */
  warnings: string[];
}

/**
 * How long requests took, hour by hour of the range asked for, oldest first: hour i is [from + i h, from + (i+1) h).
 */
export interface HourlyLatencies {
  /** Upper bounds of the buckets in seconds, ascending and finite, each part of its bucket; the last bucket has none. */
  boundsSeconds: Float64Array;
  /**
   * By bucket, one more than there are bounds, and by hour: requests in that bucket alone, whole numbers. NaN in all
   * buckets where the source knows nothing of the hour.
   */
  counts: Float64Array[];
  /** Metric family that the latencies were taken from, for example `tempo-span-metrics`. */
  evidence: string;
}

export interface HourlyLatenciesAnswer {
  /** By entity reference. A service of whose latencies the source knows nothing in the range is left out. */
  latencies: Map<string, HourlyLatencies>;
  /** Warnings of a source that could only answer in part; empty where the answer is whole. */
  warnings: string[];
  /** By entity reference: what was found about the histograms, also of services without latencies. */
  findings?: Map<string, DataQualityFinding[]>;
}

/** A latency that is known to lie between two values, in seconds: more a histogram cannot say. */
export interface LatencyInterval {
  fromSeconds: number;
  /** Null where it lies above the last bucket. */
  toSeconds: number | null;
}

/** Quantiles of the latency of calls over the range asked for. */
export interface ObservedLatency {
  /** Which side measured it. */
  side: 'client' | 'server';
  p50: LatencyInterval;
  p95: LatencyInterval;
  p99: LatencyInterval;
}

/** Calls from one telemetry name to another, summed over the range asked for. */
export interface ObservedDependency {
  client: string;
  server: string;
  /** As the service graph has it. `virtual` is the outside world (`user`) or an uninstrumented peer. */
  connectionType: 'request' | 'messaging' | 'database' | 'virtual';
  calls: number;
  failedCalls: number;
  /** Null where the source does not measure it. */
  latency: ObservedLatency | null;
  /** Last hour in the range with calls. */
  lastSeenAt: Date;
  /** First hour in the range with calls. */
  firstSeenAt: Date;
}

export interface DependenciesAnswer {
  dependencies: ObservedDependency[];
  warnings: string[];
}

export interface TelemetryRequestOptions {
  signal?: AbortSignal;
  /** Called as work proceeds, with the share done in [0, 1]. */
  onProgress?(share: number): void;
}

/**
 * Where counts come from: one configured datasource.
 *
 * Methods reject with an error that names the datasource and what to do when the source cannot be reached or its
 * answer cannot be understood; they never answer with zeros in place of unknowns.
 */
export interface TelemetrySource {
  readonly id: string;
  readonly type: string;
  /** True where the telemetry is made up. */
  readonly simulated: boolean;
  /** Names what of its data it counts, if that can change: what was counted with another one is fetched again. */
  readonly selection?: string;

  /**
   * Learns what there is in the range, before anything else of the range is asked.
   *
   * @param options.known - what it gave for the same range to a run that was cut off: that is not asked for again.
   * @returns what it has learnt, as text that only the source understands.
   */
  learn?(
    range: HourRange,
    options?: TelemetryRequestOptions & { known?: string },
  ): Promise<string>;

  /**
   * Puts together the services that are best asked for at once over the range: as many as one answer can hold, and few
   * enough that little is lost where the fetching is cut off. Every service is in one group. Sources without it are
   * asked for some hundred services at a time.
   */
  groupServices?<S extends TelemetryService>(
    services: S[],
    range: HourRange,
    options?: TelemetryRequestOptions,
  ): Promise<S[][]>;

  /** Availability counts per hour: `bad` counts requests that failed by the service's fault. */
  fetchHourlyCounts(
    services: TelemetryService[],
    range: HourRange,
    options?: TelemetryRequestOptions,
  ): Promise<HourlyCountsAnswer>;

  /** How long requests to the services took. Sources that do not measure that leave it out. */
  fetchHourlyLatencies?(
    services: TelemetryService[],
    range: HourRange,
    options?: TelemetryRequestOptions,
  ): Promise<HourlyLatenciesAnswer>;

  /** Every call relation seen in the range, between any names. */
  fetchDependencies(
    range: HourRange,
    options?: TelemetryRequestOptions,
  ): Promise<DependenciesAnswer>;
}

/** Takes the measurements of a source, for the metrics of the backend. */
export interface TelemetryMeter {
  /**
   * To be called after each request to the server, repetitions included.
   *
   * @param outcome - `ok`, or a kind of error from a short list: a value of a label, so no text of the server.
   */
  request(outcome: string, seconds: number): void;
  /** To be called at first and after each change. `open`: the server failed too often and is not asked. */
  breaker(state: 'closed' | 'half_open' | 'open'): void;
}

/** Makes sources of one `type` from their entry in `sloRecommender.datasources`. */
export interface TelemetrySourceFactory {
  /** Value of `type` in the configuration. */
  type: string;
  /** Throws an InputError that names the configuration key and the remedy where the entry is wrong. */
  create(options: {
    id: string;
    config: Config;
    logger: LoggerService;
    meter?: TelemetryMeter;
  }): TelemetrySource;
}
