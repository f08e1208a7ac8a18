import type { ObservedDependency } from 'backstage-plugin-slo-recommender-node';

/** How long requests take: mostly around the median, some of them much longer. */
export interface SimulatedLatency {
  medianSeconds: number;
  /** Standard deviation of the natural logarithm. */
  spread: number;
  /** Requests that wait for an instance to start: their share in a busy hour, in [0, 1], and how long they take. */
  coldStarts?: { share: number; medianSeconds: number };
  /** Upper bounds of the buckets, ascending; those of the Collector by default. */
  boundsMilliseconds?: readonly number[];
}

/** One service, store or outside provider of the simulated company, under its telemetry name. */
export interface SimulatedService {
  name: string;
  /**
   * Whether it emits server spans of its own. Databases, queues and outside providers do not: they are only seen by
   * their callers.
   */
  instrumented: boolean;
  /** Share of requests that fails by the service's own fault in an ordinary hour, in [0, 1]. */
  errorRatio: number;
  /** Absent where nobody measures it. */
  latency?: SimulatedLatency;
  /** First day with telemetry, counted from the anchor; absent where it is as old as the company. */
  firstDay?: number;
}

export interface SimulatedDependency {
  /** Telemetry name, or `user` for the outside world. */
  client: string;
  server: string;
  connectionType: ObservedDependency['connectionType'];
  /** Calls per request of the client; for `user` the requests of an average hour. */
  calls: number;
  /**
   * How often a failed call becomes a failed request of the client, in [0, 1]: about 1 for a hard dependency, near 0
   * for one with a fallback, 0 for an asynchronous one.
   */
  propagation: number;
  /** A failed call only does harm where the call to this other server failed as well. */
  backedBy?: string;
  /** Closes a cycle: calls over it lead to no further calls, and their failures do not come back. */
  closesCycle?: boolean;
}

/** Something that goes wrong at a set time, so that a story is there for whoever starts the portal. */
export interface ScriptedIncident {
  service: string;
  /** Hours from the anchor; negative is before it. */
  startHour: number;
  hours: number;
  /** Share of requests that fails meanwhile, in (0, 1]. */
  errorRatio: number;
}

/** A release that made a service worse for good. */
export interface Regression {
  service: string;
  /** Days from the anchor; negative is before it. */
  sinceDay: number;
  /** What the ordinary error ratio is multiplied by from then on. */
  factor: number;
}

export interface Company {
  services: SimulatedService[];
  dependencies: SimulatedDependency[];
  incidents: ScriptedIncident[];
  regressions: Regression[];
}
