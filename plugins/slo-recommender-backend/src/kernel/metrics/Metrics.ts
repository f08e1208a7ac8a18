import type { DatasourceStatus } from 'backstage-plugin-slo-recommender-common';
import type { TelemetryMeter } from 'backstage-plugin-slo-recommender-node';
import {
  collectDefaultMetrics,
  Counter,
  Gauge,
  Histogram,
  Registry,
} from 'prom-client';

export type AnalysisOutcome = 'completed' | 'failed' | 'interrupted';

export type LeaseEvent =
  'acquired' | 'renewed' | 'released' | 'lost' | 'renewal_failed';

const DATASOURCE_STATES: DatasourceStatus['state'][] = [
  'unknown',
  'ok',
  'partial',
  'empty',
  'failing',
];

const BREAKER_STATES: Parameters<TelemetryMeter['breaker']>[0][] = [
  'closed',
  'half_open',
  'open',
];

const unixSeconds = (instant: string) => Date.parse(instant) / 1_000;

/**
 * What the plugin measures of itself, in a registry of its own. Every label has few values, however large the catalog:
 * names from the configuration and from the code alone.
 */
export class Metrics {
  readonly #registry = new Registry();
  readonly #registers = [this.#registry];

  readonly #requests = new Counter({
    name: 'slo_recommender_http_requests_total',
    help: 'Requests to the API that were answered, by operation and status.',
    labelNames: ['operation', 'status'],
    registers: this.#registers,
  });
  readonly #requestSeconds = new Histogram({
    name: 'slo_recommender_http_request_duration_seconds',
    help: 'Time from the arrival of a request to the end of its answer.',
    labelNames: ['operation'],
    buckets: [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: this.#registers,
  });

  readonly #analyses = new Counter({
    name: 'slo_recommender_analyses_total',
    help: 'Analyses that this replica ran, by what ordered them and how they ended.',
    labelNames: ['trigger', 'outcome'],
    registers: this.#registers,
  });
  readonly #analysisSeconds = new Histogram({
    name: 'slo_recommender_analysis_duration_seconds',
    help: 'Time that an analysis ran, without its time in the queue.',
    labelNames: ['outcome'],
    buckets: [1, 5, 15, 60, 180, 600, 1_800, 3_600, 7_200],
    registers: this.#registers,
  });
  readonly #queue = new Gauge({
    name: 'slo_recommender_analysis_queue_length',
    help: 'Analyses in the queue that the replicas share, by status.',
    labelNames: ['status'],
    registers: this.#registers,
  });

  readonly #leaseHeld = new Gauge({
    name: 'slo_recommender_lease_held',
    help: '1 while this replica holds the lease.',
    labelNames: ['lease'],
    registers: this.#registers,
  });
  readonly #leaseEvents = new Counter({
    name: 'slo_recommender_lease_events_total',
    help: 'What became of leases of this replica; lost: another replica took it over; renewal_failed: the database did not answer.',
    labelNames: ['lease', 'event'],
    registers: this.#registers,
  });

  readonly #datasourceRequests = new Counter({
    name: 'slo_recommender_datasource_requests_total',
    help: 'Requests that were sent to a datasource, by outcome: ok, or the kind of error.',
    labelNames: ['datasource', 'outcome'],
    registers: this.#registers,
  });
  readonly #datasourceSeconds = new Histogram({
    name: 'slo_recommender_datasource_request_duration_seconds',
    help: 'Time until a datasource had answered, or was given up.',
    labelNames: ['datasource'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers: this.#registers,
  });
  readonly #breaker = new Gauge({
    name: 'slo_recommender_datasource_breaker_state',
    help: '1 for the state of the circuit breaker; open: the datasource failed too often and is not asked.',
    labelNames: ['datasource', 'state'],
    registers: this.#registers,
  });
  readonly #datasourceState = new Gauge({
    name: 'slo_recommender_datasource_state',
    help: '1 for how the datasource answered when an analysis asked it last.',
    labelNames: ['datasource', 'state'],
    registers: this.#registers,
  });
  readonly #lastSuccess = new Gauge({
    name: 'slo_recommender_datasource_last_success_timestamp_seconds',
    help: 'When the datasource answered an analysis in full; absent if it never did.',
    labelNames: ['datasource'],
    registers: this.#registers,
  });
  readonly #dataUntil = new Gauge({
    name: 'slo_recommender_datasource_data_until_timestamp_seconds',
    help: 'End of the newest hour of the datasource that published results rest on; absent if there is none.',
    labelNames: ['datasource'],
    registers: this.#registers,
  });

  readonly #nodes = new Gauge({
    name: 'slo_recommender_graph_nodes',
    help: 'Nodes of the dependency graph as this replica built it last; absent before that.',
    registers: this.#registers,
  });
  readonly #edges = new Gauge({
    name: 'slo_recommender_graph_edges',
    help: 'Edges of the dependency graph as this replica built it last; absent before that.',
    registers: this.#registers,
  });
  readonly #clockAhead = new Gauge({
    name: 'slo_recommender_clock_ahead_seconds',
    help: "By how much the clock of this replica is ahead of the database's, which is used instead; negative if it is behind.",
    registers: this.#registers,
  });
  readonly #figuresRead = new Gauge({
    name: 'slo_recommender_figures_read_success',
    help: '0 if the figures of this name could not be read for this scrape; their metrics are absent then.',
    labelNames: ['figures'],
    registers: this.#registers,
  });

  readonly contentType = this.#registry.contentType;

  constructor() {
    this.forgetFigures();
  }

  /** Adds what Node.js knows of the process: memory, processor, garbage collection, delay of the event loop. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.#registry });
  }

  /** @param status - `aborted` if the caller was gone before the answer ended. */
  requestAnswered(operation: string, status: string, seconds: number): void {
    this.#requests.inc({ operation, status });
    this.#requestSeconds.observe({ operation }, seconds);
  }

  analysisEnded(
    trigger: string,
    outcome: AnalysisOutcome,
    seconds: number,
  ): void {
    this.#analyses.inc({ trigger, outcome });
    this.#analysisSeconds.observe({ outcome }, seconds);
  }

  leaseChanged(lease: string, event: LeaseEvent): void {
    this.#leaseEvents.inc({ lease, event });
    // one that could not be renewed is held until it is given back or lost
    if (event === 'renewal_failed') return;
    const isHeld = event === 'acquired' || event === 'renewed';
    this.#leaseHeld.set({ lease }, isHeld ? 1 : 0);
  }

  /** Takes the measurements of one datasource. */
  meterOf(datasource: string): TelemetryMeter {
    return {
      request: (outcome, seconds) => {
        this.#datasourceRequests.inc({ datasource, outcome });
        this.#datasourceSeconds.observe({ datasource }, seconds);
      },
      breaker: state => {
        for (const one of BREAKER_STATES) {
          this.#breaker.set({ datasource, state: one }, one === state ? 1 : 0);
        }
      },
    };
  }

  /** Forgets what was read for an earlier scrape: an unknown is not the last that was known. */
  forgetFigures(): void {
    for (const gauge of [
      this.#queue,
      this.#datasourceState,
      this.#lastSuccess,
      this.#dataUntil,
      this.#figuresRead,
    ]) {
      gauge.reset();
    }
    // reset would set a gauge without labels to 0
    for (const gauge of [this.#nodes, this.#edges, this.#clockAhead]) {
      gauge.remove();
    }
  }

  figuresRead(figures: string, isSuccess: boolean): void {
    this.#figuresRead.set({ figures }, isSuccess ? 1 : 0);
  }

  setQueue(byStatus: Record<'queued' | 'running', number>): void {
    this.#queue.set({ status: 'queued' }, byStatus.queued);
    this.#queue.set({ status: 'running' }, byStatus.running);
  }

  setDatasources(
    datasources: Pick<DatasourceStatus, 'id' | 'state' | 'lastSuccessAt'>[],
  ): void {
    for (const { id: datasource, state, lastSuccessAt } of datasources) {
      for (const one of DATASOURCE_STATES) {
        this.#datasourceState.set(
          { datasource, state: one },
          one === state ? 1 : 0,
        );
      }
      if (lastSuccessAt !== null) {
        this.#lastSuccess.set({ datasource }, unixSeconds(lastSuccessAt));
      }
    }
  }

  setDataUntil(datasource: string, instant: string): void {
    this.#dataUntil.set({ datasource }, unixSeconds(instant));
  }

  setClockAhead(seconds: number): void {
    this.#clockAhead.set(seconds);
  }

  setGraph(size: { nodes: number; edges: number }): void {
    this.#nodes.set(size.nodes);
    this.#edges.set(size.edges);
  }

  /** Returns all metrics in the text format of Prometheus. */
  render(): Promise<string> {
    return this.#registry.metrics();
  }
}
