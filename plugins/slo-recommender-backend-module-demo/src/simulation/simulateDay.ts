import type {
  Company,
  SimulatedDependency,
  SimulatedService,
} from '../company';
import { binomial, poisson } from './distributions';
import { errorRatios } from './errorRatio';
import { createRandom, type Random } from './random';
import { userRequests } from './rhythm';

/** 24 hours of one service or dependency: integers, 0 ≤ failed ≤ calls. */
export interface DayCounts {
  calls: Float64Array;
  failed: Float64Array;
}

export interface CompanyDay {
  /** By telemetry name; a service that does not exist yet on that day is left out. */
  services: Map<string, DayCounts>;
  /** In the order of the company's dependencies; without calls where one end does not exist yet. */
  dependencies: DayCounts[];
}

interface EdgeDay extends DayCounts {
  dependency: SimulatedDependency;
  random: Random;
}

interface ServiceDay extends DayCounts {
  service: SimulatedService;
  incoming: EdgeDay[];
  outgoing: EdgeDay[];
}

function emptyCounts(): DayCounts {
  return { calls: new Float64Array(24), failed: new Float64Array(24) };
}

function sumCalls(edges: EdgeDay[], hour: number): number {
  return edges.reduce((sum, { calls }) => sum + calls[hour], 0);
}

/** Requests of the day at every service, callers before what they call. */
function letTrafficFlow(services: ServiceDay[]) {
  for (const { calls, incoming, outgoing } of services) {
    const leadOn = incoming.filter(e => !e.dependency.closesCycle);
    for (let hour = 0; hour < 24; hour++) {
      calls[hour] = sumCalls(leadOn, hour);
      for (const edge of outgoing) {
        edge.calls[hour] = poisson(
          edge.random,
          calls[hour] * edge.dependency.calls,
        );
      }
    }
  }
  for (const { calls, incoming } of services) {
    for (let hour = 0; hour < 24; hour++)
      calls[hour] = sumCalls(incoming, hour);
  }
}

/** Requests of a client that fail in one hour because calls over a dependency did. */
function inheritedFailures(
  edge: EdgeDay,
  outgoing: EdgeDay[],
  hour: number,
): number {
  const { propagation, backedBy } = edge.dependency;
  const backup = outgoing.find(other => other.dependency.server === backedBy);
  const backupFailureRatio = backup
    ? backup.failed[hour] / (backup.calls[hour] || 1)
    : 1;
  return binomial(
    edge.random,
    edge.failed[hour],
    propagation * backupFailureRatio,
  );
}

/** Shares out a server's failures of one hour among its callers; each gets at most as many as it has calls. */
function shareFailures(incoming: EdgeDay[], failed: number, hour: number) {
  let remainingFailed = failed;
  let remainingCalls = sumCalls(incoming, hour);
  for (const edge of incoming) {
    const calls = edge.calls[hour];
    const share = binomial(
      edge.random,
      calls,
      remainingFailed / (remainingCalls || 1),
    );
    remainingCalls -= calls;
    edge.failed[hour] = Math.min(
      remainingFailed,
      Math.max(share, remainingFailed - remainingCalls),
    );
    remainingFailed -= edge.failed[hour];
  }
}

/** Failures of one service's day, its own and those that come through its dependencies. */
function letServiceFail(
  { calls, failed, incoming, outgoing }: ServiceDay,
  ratios: Float64Array,
  random: Random,
) {
  for (let hour = 0; hour < 24; hour++) {
    const requests = calls[hour];
    let failures = binomial(random, requests, ratios[hour]);
    for (const edge of outgoing) {
      const inherited = inheritedFailures(edge, outgoing, hour);
      // Some of them strike requests that have failed already.
      failures += binomial(
        random,
        Math.min(inherited, requests - failures),
        1 - failures / (requests || 1),
      );
    }
    failed[hour] = failures;
    shareFailures(incoming, failures, hour);
  }
}

/**
 * One UTC day of the whole company. Traffic flows from users down the dependencies and failures flow back up, so that
 * what a service counts and what its callers see are one and the same.
 *
 * A pure function: equal arguments give equal counts, whatever was simulated before.
 *
 * @param day - counted from the anchor
 * @param weekday - of that day, 0 is Sunday
 */
export function simulateDay(
  company: Company,
  seed: number,
  day: number,
  weekday: number,
): CompanyDay {
  const existing = company.services.filter(
    ({ firstDay }) => firstDay === undefined || day >= firstDay,
  );
  const names = new Set(existing.map(({ name }) => name));
  const edges: EdgeDay[] = company.dependencies.map(dependency => ({
    dependency,
    random: createRandom(
      seed,
      'calls',
      dependency.client,
      dependency.server,
      day,
    ),
    ...emptyCounts(),
  }));
  const services: ServiceDay[] = existing.map(service => ({
    service,
    incoming: edges.filter(
      ({ dependency: { client, server } }) =>
        server === service.name && (client === 'user' || names.has(client)),
    ),
    outgoing: edges.filter(
      ({ dependency: { client, server } }) =>
        client === service.name && names.has(server),
    ),
    ...emptyCounts(),
  }));

  for (const { incoming } of services) {
    for (const { dependency, calls } of incoming) {
      if (dependency.client !== 'user') continue;
      const { server: entry, calls: requestsPerHour } = dependency;
      calls.set(userRequests({ seed, entry, day, weekday, requestsPerHour }));
    }
  }
  letTrafficFlow(services);
  for (const serviceDay of [...services].reverse()) {
    const { service } = serviceDay;
    letServiceFail(
      serviceDay,
      errorRatios(company, seed, service, day),
      createRandom(seed, 'failures', service.name, day),
    );
  }
  return {
    services: new Map(services.map(s => [s.service.name, s])),
    dependencies: edges,
  };
}
