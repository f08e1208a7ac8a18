import type {
  HourRange,
  TelemetryRequestOptions,
} from 'backstage-plugin-slo-recommender-node';
import { askInParts } from '../askInParts';
import { binEndingAt, countHours } from '../bins';
import type { MatrixSeries, PrometheusClient } from '../client';
import {
  isTemplate,
  PART_LABEL,
  type Dialect,
  type DurationHistogram,
} from '../dialects';
import { nameIn } from '../identity';
import { describeServices, halvePart, type Part } from '../parts';
import { isSmallInstallation, planHistogramParts } from '../plan';
import { sampleValue } from '../requestCounter';
import type { DatasourceSurvey } from '../survey';
import type { NamedHours } from './FoundLatencies';
import { HistogramSamples } from './HistogramSamples';
import { BUCKET_LABEL, PARTS, queryHistogram } from './queryHistogram';

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
  for (const series of answers.flatMap(({ data }) => data)) {
    if (!wanted.has(series.metric[serviceLabel] ?? '')) continue;
    const name = nameIn(dialect, series.metric);
    const known = samples.get(name) ?? new HistogramSamples(hours, histogram);
    samples.set(name, known);
    record(series, known, range);
  }
  return {
    byName: new Map(
      [...samples].map(([name, known]) => [
        name,
        {
          hours: Array.from({ length: hours }, (_, hour) => known.at(hour)),
          notes: known.notes,
        },
      ]),
    ),
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
