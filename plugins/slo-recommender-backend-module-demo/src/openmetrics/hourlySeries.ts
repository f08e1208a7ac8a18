import { HOUR_MS, type HourRange } from 'backstage-plugin-slo-recommender-node';
import {
  daysOfRange,
  type DayCounts,
  type SimulatedCompany,
} from '../simulation';

/** Calls and failures per hour of a range; NaN where nothing is known. */
export interface HourlySeries {
  calls: Float64Array;
  failed: Float64Array;
}

export interface CompanySeries {
  /** By telemetry name. */
  services: Map<string, HourlySeries>;
  /** In the order of the company's dependencies. */
  dependencies: HourlySeries[];
}

/**
 * Everything that the company counted in a range.
 *
 * @param range - on full UTC hours
 * @param now - in ms since 1970; hours that are not over by then are unknown
 */
export async function collectSeries(
  company: SimulatedCompany,
  range: HourRange,
  now: number,
): Promise<CompanySeries> {
  const hours = (range.to.getTime() - range.from.getTime()) / HOUR_MS;
  const unknown = (): HourlySeries => ({
    calls: new Float64Array(hours).fill(NaN),
    failed: new Float64Array(hours).fill(NaN),
  });
  const services = new Map<string, HourlySeries>();
  for (const { name } of company.company.services)
    services.set(name, unknown());
  const dependencies = company.company.dependencies.map(unknown);

  for await (const { day, fromHour, toHour, index } of daysOfRange(
    company,
    range,
    now,
  )) {
    const copy = (counts: DayCounts | undefined, series: HourlySeries) => {
      if (!counts) return;
      series.calls.set(counts.calls.subarray(fromHour, toHour), index);
      series.failed.set(counts.failed.subarray(fromHour, toHour), index);
    };
    services.forEach((series, name) => copy(day.services.get(name), series));
    dependencies.forEach((series, i) => {
      const { client, server } = company.company.dependencies[i];
      const exists =
        day.services.has(server) &&
        (client === 'user' || day.services.has(client));
      if (exists) copy(day.dependencies[i], series);
    });
  }
  return { services, dependencies };
}
