import { setImmediate } from 'node:timers/promises';
import {
  HOUR_MS,
  type HourlyCounts,
  type HourlyLatencies,
  type HourRange,
  type TelemetryService,
  type TelemetrySource,
} from 'backstage-plugin-slo-recommender-node';

/** Boundaries that OpenTelemetry has by default, in seconds. */
const BOUNDS = Float64Array.of(
  ...[0.005, 0.01, 0.025, 0.05, 0.075, 0.1],
  ...[0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
);

/** A number in [0, 1) that looks drawn, the same for the same two numbers: any hour can be asked for by itself. */
function drawn(a: number, b: number): number {
  let hash = Math.imul(a + 1, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32;
}

const indexOf = ({ entityRef }: TelemetryService) =>
  Number(entityRef.slice(entityRef.lastIndexOf('-') + 1));

function requestsOf(service: number, hour: number): number {
  const usual = 200 * 10_000 ** drawn(service, -1);
  return Math.round(usual * (0.7 + 0.6 * drawn(service, hour)));
}

/** Most days are alike; on one in fifty far more requests fail, or take longer. */
function severityOf(service: number, hour: number): number {
  const day = Math.floor(hour / 24);
  const incident = drawn(service + 1e6, day) < 0.02 ? 10 : 1;
  return incident * 4 ** (drawn(service + 2e6, day) - 0.5);
}

function countsOf(service: number, hours: number[]): HourlyCounts {
  const total = Float64Array.from(hours, hour => requestsOf(service, hour));
  const ratio = 4e-4 * 10 ** (2 * drawn(service, -2) - 1);
  return {
    total,
    bad: total.map((requests, i) =>
      Math.round(requests * Math.min(1, ratio * severityOf(service, hours[i]))),
    ),
    evidence: 'benchmark',
    failureDefinition: 'requests that the benchmark says failed',
  };
}

function latenciesOf(service: number, hours: number[]): HourlyLatencies {
  const counts = Array.from(
    { length: BOUNDS.length + 1 },
    () => new Float64Array(hours.length),
  );
  const usualMedian = 0.01 * 100 ** drawn(service, -3);
  hours.forEach((hour, i) => {
    const requests = requestsOf(service, hour);
    const median = usualMedian * severityOf(service, hour) ** 0.3;
    let slower = requests;
    BOUNDS.forEach((bound, bucket) => {
      // log-logistic
      const left = Math.round(requests / (1 + (bound / median) ** 2.2));
      counts[bucket][i] = slower - left;
      slower = left;
    });
    counts[BOUNDS.length][i] = slower;
  });
  return { boundsSeconds: BOUNDS, counts, evidence: 'benchmark' };
}

function hoursIn({ from, to }: HourRange): number[] {
  const first = from.getTime() / HOUR_MS;
  return Array.from(
    { length: to.getTime() / HOUR_MS - first },
    (_, i) => first + i,
  );
}

/** Makes something up for each service, and lets other work run in between as an answer of a server would. */
async function forEach<T>(
  services: TelemetryService[],
  range: HourRange,
  make: (service: number, hours: number[]) => T,
): Promise<Map<string, T>> {
  const hours = hoursIn(range);
  const made = new Map<string, T>();
  for (const service of services) {
    made.set(service.entityRef, make(indexOf(service), hours));
    await setImmediate();
  }
  return made;
}

/** Counts and latencies that are made up when they are asked for. */
export const fleetTelemetry = (id: string): TelemetrySource => ({
  id,
  type: 'fleet',
  simulated: false,
  fetchHourlyCounts: async (services, range) => ({
    counts: await forEach(services, range, countsOf),
    findings: new Map(),
    warnings: [],
  }),
  fetchHourlyLatencies: async (services, range) => ({
    latencies: await forEach(services, range, latenciesOf),
    warnings: [],
  }),
  fetchDependencies: async () => ({ dependencies: [], warnings: [] }),
});
