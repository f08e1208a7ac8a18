import { setImmediate } from 'node:timers/promises';
import type {
  Histogram,
  HourRange,
  TelemetryRequestOptions,
} from 'backstage-plugin-slo-recommender-node';
import type { PrometheusClient } from '../client/PrometheusClient';
import { type MatrixSeries, sampleValue } from '../client/api';
import { askInParts } from '../client/askInParts';
import {
  asksForEveryName,
  cutIntoGroups,
  describeServices,
  halvePart,
  isSmallInstallation,
  namesPerQuery,
  type Part,
} from '../counts/parts';
import { inSlices } from '../counts/inSlices';
import type { DurationHistogram } from '../dialects/durations';
import { nameIn } from '../dialects/identity';
import { type Dialect, isTemplate, PART_LABEL } from '../dialects/types';
import { binEndingAt, countHours } from '../hours';
import type { DatasourceSurvey } from '../survey/DatasourceSurvey';
import { type BucketNotes, HistogramSamples } from './HistogramSamples';
import { BUCKET_LABEL, PARTS, queryHistogram } from './queryHistogram';

/** What one histogram says of one name. */
export interface NamedHours {
  /** By hour; undefined where it is unknown. */
  hours: (Histogram | undefined)[];
  notes: BucketNotes;
}

/**
 * Hourly histograms of services that a dialect knows.
 *
 * @param names - values of the label of the service.
 * @returns hours by the name of the service, with its namespace where that is a label of its own.
 */
export async function fetchHistograms(
  client: PrometheusClient,
  survey: DatasourceSurvey,
  { dialect, histogram }: { dialect: Dialect; histogram: DurationHistogram },
  names: readonly string[],
  range: HourRange,
  options: TelemetryRequestOptions & { everyName?: ReadonlySet<string> },
): Promise<{ byName: Map<string, NamedHours>; warnings: string[] }> {
  const { source, serviceLabel } = dialect;
  if (isTemplate(source) || names.length === 0) {
    return { byName: new Map(), warnings: [] };
  }
  const { everyName, signal, onProgress } = options;
  const seriesOf = await survey.seriesOf(
    { source: { ...source, metric: histogram.metric }, serviceLabel },
    range,
    signal,
  );
  const parts = planHistogramParts([...names].sort(), range, {
    everyName,
    seriesOf,
  });
  const answers = await askInParts(parts, {
    ask: (part: Part, partSignal) =>
      queryHistogram(client, {
        dialect,
        counter: source,
        histogram,
        names: part.isEveryName ? undefined : part.names,
        witnessesAreAll: part.isEveryName || isSmallInstallation(everyName),
        range: part.range,
        subject: describeServices(part.names.length),
        signal: partSignal,
      }),
    halve: halvePart,
    signal,
    onProgress,
  });
  const hours = countHours(range);
  const wanted = new Set(names);
  const samples = new Map<string, HistogramSamples>();
  for (const { data } of answers) {
    await inSlices(data, series => {
      if (!wanted.has(series.metric[serviceLabel] ?? '')) return;
      const name = nameIn(dialect, series.metric);
      const known = samples.get(name) ?? new HistogramSamples(hours, histogram);
      samples.set(name, known);
      record(series, known, range);
    });
  }
  const byName = new Map<string, NamedHours>();
  for (const [name, known] of samples) {
    byName.set(name, {
      hours: Array.from({ length: hours }, (_, hour) => known.at(hour)),
      notes: known.notes,
    });
    await setImmediate();
  }
  return {
    byName,
    warnings: answers.flatMap(({ warnings }) => warnings),
  };
}

function record(
  { metric, values }: MatrixSeries,
  samples: HistogramSamples,
  range: HourRange,
): void {
  const le = metric[BUCKET_LABEL] ?? '';
  const tellsProducers = metric[PART_LABEL] === PARTS.producers;
  for (const [time, text] of values) {
    const hour = binEndingAt(time, range, 1);
    if (hour === undefined) continue;
    const value = sampleValue(text);
    if (tellsProducers) {
      samples.recordProducers(le, hour, value);
    } else {
      samples.recordReached(le, hour, value);
    }
  }
}

/** Buckets that a histogram is taken to have. */
const USUAL_BUCKETS = 20;

/** Series assumed of a service if they cannot be counted. */
const USUAL_SERIES = 20 * USUAL_BUCKETS;

/** Values in one answer: 25 MB of JSON. */
const MAX_VALUES = 1_000_000;

/** Series and hours that one query may touch: Prometheus 2.42 takes ten seconds for them on one core. */
const MAX_SERIES_HOURS = 600_000;

/**
 * Cuts the names into parts so that one query over the range does for each, as far as that can be estimated: every
 * service has as many series as it has buckets, times over.
 *
 * @param everyName - all names that there are; undefined where that is not known.
 * @param seriesOf - number of series by name; undefined where that is not known.
 */
export function planHistogramParts(
  names: readonly string[],
  range: HourRange,
  known: {
    everyName: ReadonlySet<string> | undefined;
    seriesOf: ReadonlyMap<string, number> | undefined;
  },
): Part[] {
  const { everyName, seriesOf } = known;
  const hours = countHours(range);
  const histograms = Math.floor(MAX_VALUES / USUAL_BUCKETS / hours);
  const most = {
    services: Math.max(1, Math.min(namesPerQuery(range), histograms)),
    series: Math.floor(MAX_SERIES_HOURS / hours),
  };
  const series = (name: string) => seriesOf?.get(name) ?? USUAL_SERIES;
  const all = [...(everyName ?? [])];
  if (
    asksForEveryName(names, everyName, range) &&
    all.length <= histograms &&
    all.reduce((sum, name) => sum + series(name), 0) <= most.series
  ) {
    return [{ names, range, isEveryName: true }];
  }
  return cutIntoGroups(
    names.map(name => ({ service: name, series: series(name) })),
    most,
  ).map(some => ({ names: some, range, isEveryName: false }));
}
