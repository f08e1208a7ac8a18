import { InputError } from '@backstage/errors';
import {
  type DependenciesAnswer,
  HistogramHours,
  HOUR_MS,
  type HourlyCounts,
  type HourlyCountsAnswer,
  type HourlyLatencies,
  type HourlyLatenciesAnswer,
  type HourRange,
  type ObservedDependency,
  type TelemetryRequestOptions,
  type TelemetryService,
  type TelemetrySource,
  sumHistograms,
} from 'backstage-plugin-slo-recommender-node';
import { daysOfRange, type SimulatedCompany } from './simulation';

export interface SimulatedTelemetrySourceOptions {
  id: string;
  /** Asked for with each request, and may reject; the company once given must stay the same. */
  company(): Promise<SimulatedCompany>;
  /** The time in ms since 1970: hours that are not over by then are unknown. Default `Date.now`. */
  now?(): number;
}

/** Answers for the simulated company as a telemetry backend does for a real one. */
export class SimulatedTelemetrySource implements TelemetrySource {
  readonly id: string;
  readonly type = 'simulated';
  readonly simulated = true;
  private readonly company: () => Promise<SimulatedCompany>;
  private readonly now: () => number;

  constructor(options: SimulatedTelemetrySourceOptions) {
    this.id = options.id;
    this.company = options.company;
    this.now = options.now ?? Date.now;
  }

  async fetchHourlyCounts(
    services: TelemetryService[],
    range: HourRange,
    options?: TelemetryRequestOptions,
  ): Promise<HourlyCountsAnswer> {
    const hours = this.hoursIn(range);
    const company = await this.company();
    const asked = services.map(({ entityRef, telemetryNames }) => {
      const names = [...new Set(telemetryNames)];
      const counts: HourlyCounts = {
        total: new Float64Array(hours).fill(NaN),
        bad: new Float64Array(hours).fill(NaN),
        evidence: names.some(name => company.find(name)?.instrumented)
          ? 'simulated-span-metrics'
          : 'simulated-service-graph',
        failureDefinition: 'simulated requests that failed',
      };
      return { entityRef, names, counts };
    });
    for await (const slice of this.daysOf(company, range, options)) {
      const { day, fromHour, toHour, index } = slice;
      for (const { names, counts } of asked) {
        for (const name of names) {
          const service = day.services.get(name);
          if (!service) continue;
          for (let hour = fromHour; hour < toHour; hour++) {
            const i = index + hour - fromHour;
            counts.total[i] = (counts.total[i] || 0) + service.calls[hour];
            counts.bad[i] = (counts.bad[i] || 0) + service.failed[hour];
          }
        }
      }
    }
    return {
      counts: new Map(
        asked
          .filter(({ counts }) => !counts.total.every(Number.isNaN))
          .map(({ entityRef, counts }) => [entityRef, counts]),
      ),
      findings: new Map(),
      warnings: [],
    };
  }

  async fetchHourlyLatencies(
    services: TelemetryService[],
    range: HourRange,
    options?: TelemetryRequestOptions,
  ): Promise<HourlyLatenciesAnswer> {
    const hours = this.hoursIn(range);
    const company = await this.company();
    const asked = services.map(({ entityRef, telemetryNames }) => ({
      entityRef,
      names: [...new Set(telemetryNames)],
      found: new HistogramHours(hours),
    }));
    for await (const slice of this.daysOf(company, range, options)) {
      const { dayStart, fromHour, toHour, index } = slice;
      for (const { names, found } of asked) {
        const days = names.flatMap(name => {
          const day = company.latencies(name, new Date(dayStart));
          return day ? [day] : [];
        });
        if (days.length === 0) continue;
        for (let hour = fromHour; hour < toHour; hour++) {
          const sum = sumHistograms(days.map(day => day[hour]));
          found.add(index + hour - fromHour, sum.boundsSeconds, sum.counts);
        }
      }
    }
    const latencies = new Map<string, HourlyLatencies>();
    for (const { entityRef, found } of asked) {
      const known = found.inCommonBuckets();
      if (known) {
        latencies.set(entityRef, {
          ...known,
          evidence: 'simulated-span-metrics',
        });
      }
    }
    return { latencies, warnings: [] };
  }

  async fetchDependencies(
    range: HourRange,
    options?: TelemetryRequestOptions,
  ): Promise<DependenciesAnswer> {
    this.hoursIn(range);
    const company = await this.company();
    const seen = new Map<number, ObservedDependency>();
    for await (const slice of this.daysOf(company, range, options)) {
      const { day, dayStart, fromHour, toHour } = slice;
      day.dependencies.forEach(({ calls, failed }, i) => {
        for (let hour = fromHour; hour < toHour; hour++) {
          if (calls[hour] === 0) continue;
          const hourStart = new Date(dayStart + hour * HOUR_MS);
          const { client, server, connectionType } =
            company.company.dependencies[i];
          const dependency = seen.get(i) ?? {
            client,
            server,
            connectionType,
            calls: 0,
            failedCalls: 0,
            latency: null,
            firstSeenAt: hourStart,
            lastSeenAt: hourStart,
          };
          dependency.calls += calls[hour];
          dependency.failedCalls += failed[hour];
          dependency.lastSeenAt = hourStart;
          seen.set(i, dependency);
        }
      });
    }
    return { dependencies: [...seen.values()], warnings: [] };
  }

  private daysOf(
    company: SimulatedCompany,
    range: HourRange,
    options?: TelemetryRequestOptions,
  ) {
    return daysOfRange(company, range, this.now(), options);
  }

  /** Number of hours in the range. */
  private hoursIn({ from, to }: HourRange): number {
    const hours = (to.getTime() - from.getTime()) / HOUR_MS;
    if (!(
      from.getTime() % HOUR_MS === 0 &&
      Number.isInteger(hours) &&
      hours >= 0
    )) {
      throw new InputError(
        `Datasource ${JSON.stringify(this.id)} was asked for the hours from ${from.getTime()} to ${to.getTime()} (ms since 1970); both must be full hours, and the first not after the second.`,
      );
    }
    return hours;
  }
}
