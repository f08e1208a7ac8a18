import type {
  DataQualityFinding,
  DependenciesAnswer,
  HourlyCountsAnswer,
  HourRange,
  ObservedDependency,
  TelemetryService,
  TelemetrySource,
} from 'backstage-plugin-slo-recommender-node';
import { HOUR_MS } from '../kernel/time/hours';

/** Counts of one hour; undefined is unknown. */
export type CountsOfHour = (
  telemetryName: string,
  hourMs: number,
) => { total: number; bad: number } | undefined;

/** A telemetry source whose answers and failures a test decides. */
export class FakeTelemetrySource implements TelemetrySource {
  readonly type = 'fake';
  readonly simulated = false;
  readonly asked: { services: string[]; range: HourRange }[] = [];
  counts: CountsOfHour = () => ({ total: 1_000, bad: 1 });
  observed: ObservedDependency[] = [];
  failure: Error | undefined;
  findings = new Map<string, DataQualityFinding[]>();
  warnings: string[] = [];
  /** Awaited before each answer. */
  gate: Promise<void> = Promise.resolve();

  constructor(readonly id: string = 'fake') {}

  async fetchHourlyCounts(
    services: TelemetryService[],
    range: HourRange,
  ): Promise<HourlyCountsAnswer> {
    await this.gate;
    if (this.failure) throw this.failure;
    this.asked.push({
      services: services.map(({ entityRef }) => entityRef),
      range,
    });
    const hours = (range.to.getTime() - range.from.getTime()) / HOUR_MS;
    const answer: HourlyCountsAnswer = {
      counts: new Map(),
      findings: this.findings,
      warnings: this.warnings,
    };
    for (const { entityRef, telemetryNames } of services) {
      const total = new Float64Array(hours).fill(NaN);
      const bad = new Float64Array(hours).fill(NaN);
      for (let hour = 0; hour < hours; hour++) {
        const counted = this.counts(
          telemetryNames[0],
          range.from.getTime() + hour * HOUR_MS,
        );
        if (!counted) continue;
        total[hour] = counted.total;
        bad[hour] = counted.bad;
      }
      if (total.some(value => !Number.isNaN(value))) {
        answer.counts.set(entityRef, {
          total,
          bad,
          evidence: 'fake-metric',
          failureDefinition: 'requests that a test says failed',
        });
      }
    }
    return answer;
  }

  async fetchDependencies(): Promise<DependenciesAnswer> {
    await this.gate;
    if (this.failure) throw this.failure;
    return { dependencies: this.observed, warnings: [] };
  }
}
