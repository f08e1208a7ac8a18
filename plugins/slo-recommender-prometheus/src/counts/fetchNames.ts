import type {
  HourRange,
  TelemetryRequestOptions,
} from 'backstage-plugin-slo-recommender-node';
import type { PrometheusClient } from '../client/PrometheusClient';
import { askInParts } from '../client/askInParts';
import { identifyingLabels, nameIn } from '../dialects/identity';
import { type Dialect, isTemplate } from '../dialects/types';
import { countHours, splitRange } from '../hours';
import { OutcomeSamples } from './outcomeSamples';
import {
  asksForEveryName,
  chunk,
  describeServices,
  halvePart,
  isSmallInstallation,
  namesPerQuery,
  type Part,
} from './parts';
import {
  outcomeOf,
  queryRequestCounter,
  recordAnswer,
  recordSilence,
} from './requestCounter';

const MAX_HOURS_PER_QUERY = 31 * 24;

interface NamesOptions extends TelemetryRequestOptions {
  /** All names that the dialect knows. */
  everyName?: ReadonlySet<string>;
  /** Whether to look for hours in which services were silent although their scrape target was there. */
  findsSilence: boolean;
  /** Other names, whose series are signs of life of the same scrape targets. */
  companions?: readonly string[];
}

/** Hours of services by their name, with its namespace where that is a label of its own. */
export interface NamedHours {
  byName: Map<string, OutcomeSamples>;
  /** 1 for hours in which the service was silent although its scrape target was there. */
  silent: Map<string, Uint8Array>;
  /** True if a template has results, and none of them has the label of the service. */
  lacksServiceLabel: boolean;
  warnings: string[];
}

/**
 * Requests by outcome and hour of services that a dialect knows.
 *
 * @param names - values of the label of the service.
 */
export async function fetchNames(
  client: PrometheusClient,
  dialect: Dialect,
  names: readonly string[],
  range: HourRange,
  options: NamesOptions,
): Promise<NamedHours> {
  const { source, serviceLabel } = dialect;
  const { everyName, findsSilence, companions = [] } = options;
  const by = identifyingLabels(dialect);
  const isEveryName =
    !isTemplate(source) && asksForEveryName(names, everyName, range);
  const perQuery = isEveryName ? names.length : namesPerQuery(range);
  const parts = chunk(names, perQuery).flatMap(someNames =>
    splitRange(range, MAX_HOURS_PER_QUERY).map(someHours => ({
      names: someNames,
      range: someHours,
      isEveryName,
    })),
  );
  const witnessesOf = (part: Part) => {
    if (isTemplate(source)) return undefined;
    if (isSmallInstallation(everyName)) return source.matchers;
    return companions.length === 0 || part.isEveryName
      ? undefined
      : [
          ...source.matchers,
          {
            label: serviceLabel,
            operator: 'in' as const,
            values: [...part.names, ...companions],
          },
        ];
  };
  const answers = await askInParts(parts, {
    ask: (part: Part, signal) =>
      queryRequestCounter(client, {
        counter: source,
        by,
        names: part.isEveryName ? undefined : part.names,
        witnesses: witnessesOf(part),
        findsSilence,
        range: part.range,
        binHours: 1,
        subject: describeServices(part.names.length),
        signal,
      }),
    halve: halvePart,
    signal: options.signal,
    onProgress: options.onProgress,
  });
  const hours = countHours(range);
  const wanted = new Set(names);
  const hoursBy = <T>(known: Map<string, T>, create: () => T) => {
    return (labels: Record<string, string>): T | undefined => {
      if (!wanted.has(labels[serviceLabel] ?? '')) return undefined;
      const name = nameIn(dialect, labels);
      const found = known.get(name) ?? create();
      known.set(name, found);
      return found;
    };
  };
  const byName = new Map<string, OutcomeSamples>();
  const silent = new Map<string, Uint8Array>();
  const samplesOf = hoursBy(
    byName,
    () => new OutcomeSamples(hours, outcomeOf(source)),
  );
  const silenceOf = hoursBy(silent, () => new Uint8Array(hours));
  for (const answer of answers) {
    await recordAnswer(answer, range.from, samplesOf);
    recordSilence(answer, range.from, silenceOf);
  }
  const results = answers.flatMap(({ totals }) => totals);
  return {
    byName,
    silent,
    lacksServiceLabel:
      isTemplate(source) &&
      results.length > 0 &&
      results.every(({ metric }) => !metric[serviceLabel]),
    warnings: answers.flatMap(answer => answer.warnings),
  };
}
