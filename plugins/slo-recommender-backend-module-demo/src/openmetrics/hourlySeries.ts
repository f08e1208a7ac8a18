import {
  HistogramHours,
  HOUR_MS,
  type HourlyLatencies,
  type HourRange,
} from 'backstage-plugin-slo-recommender-node';
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
  /** By telemetry name, of those that measure them. */
  latencies: Map<string, Pick<HourlyLatencies, 'boundsSeconds' | 'counts'>>;
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
  const histograms = new Map<string, HistogramHours>();

  for await (const { day, dayStart, fromHour, toHour, index } of daysOfRange(
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
    for (const name of services.keys()) {
      const measured = company.latencies(name, new Date(dayStart));
      if (!measured) continue;
      const known = histograms.get(name) ?? new HistogramHours(hours);
      histograms.set(name, known);
      for (let hour = fromHour; hour < toHour; hour++) {
        const { boundsSeconds, counts } = measured[hour];
        known.add(index + hour - fromHour, boundsSeconds, counts);
      }
    }
    dependencies.forEach((series, i) => {
      const { client, server } = company.company.dependencies[i];
      const exists =
        day.services.has(server) &&
        (client === 'user' || day.services.has(client));
      if (exists) copy(day.dependencies[i], series);
    });
  }
  const latencies: CompanySeries['latencies'] = new Map();
  for (const [name, known] of histograms) {
    const measured = known.inCommonBuckets();
    if (measured) latencies.set(name, measured);
  }
  return { services, latencies, dependencies };
}
