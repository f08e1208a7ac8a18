import { nameKind } from 'backstage-plugin-slo-recommender-node';
import type { PrometheusClient } from '../client/PrometheusClient';
import { sampleValue } from '../client/api';
import { identifyingLabels, nameIn } from '../dialects/identity';
import { kindOfOutcome, kindByRules, selectTotal } from '../dialects/outcomes';
import { type Dialect, isTemplate, type Outcome } from '../dialects/types';
import { call, histogramCount, sumBy } from '../promql/expressions';
import type { DayCounts } from './dayCounts';

const DAY_SECONDS = 86_400;

/** Services that are looked into: those with the most requests whose outcome is unknown. */
const MOST_SERVICES = 100;

/** Values that are named for one service. */
const MOST_VALUES = 3;

/**
 * A value that is shown: a code or a word. Labels are set by programs and may hold anything, such as messages, addresses
 * or tokens.
 */
const SHOWN_VALUE = /^[A-Za-z0-9_-]{1,24}$/;

/**
 * Asks what series have instead of an outcome that a rule knows: for example `response_code="0"`. Nothing is asked if all
 * outcomes are known.
 *
 * @param services - what was counted in the last day.
 * @returns by service, the most frequent first, in words.
 */
export async function findUnreadable(
  client: PrometheusClient,
  dialect: Dialect,
  services: ReadonlyMap<string, DayCounts>,
  at: Date,
  signal?: AbortSignal,
): Promise<Map<string, string[]>> {
  const { source, serviceLabel } = dialect;
  const affected = [...services]
    .filter(
      ([name, { unknown }]) => unknown >= 1 && nameKind(name) === 'service',
    )
    .sort(([, one], [, other]) => other.unknown - one.unknown)
    .slice(0, MOST_SERVICES)
    .map(([name]) => name);
  if (isTemplate(source) || affected.length === 0) {
    return new Map();
  }
  const { outcome, metric } = source;
  const labels = labelsOf(outcome);
  const increase = call('increase', {
    type: 'range',
    vector: selectTotal(source, [
      {
        label: serviceLabel,
        operator: 'in',
        // with a namespace in a label of its own, the name is what comes after it
        values: dialect.namespaceLabel
          ? affected.map(name => name.slice(name.lastIndexOf('/') + 1))
          : affected,
      },
    ]),
    rangeSeconds: DAY_SECONDS,
  });
  const { data } = await client.queryAt({
    expression: sumBy(
      [...identifyingLabels(dialect), ...labels],
      source.isNative ? histogramCount(increase) : increase,
    ),
    at,
    subject: `outcomes of ${metric} that no rule knows`,
    signal,
  });
  const found = new Map<string, { words: string; requests: number }[]>();
  for (const series of data) {
    const requests = sampleValue(series.values.at(-1)?.[1] ?? '');
    if (!(requests >= 1) || kindOf(outcome, series.metric) !== 'unknown') {
      continue;
    }
    const name = nameIn(dialect, series.metric);
    found.set(name, [
      ...(found.get(name) ?? []),
      { words: describe(outcome, series.metric), requests },
    ]);
  }
  return new Map(
    [...found].map(([name, values]) => [
      name,
      [
        ...new Set(
          values
            .sort((one, other) => other.requests - one.requests)
            .map(({ words }) => words),
        ),
      ].slice(0, MOST_VALUES),
    ]),
  );
}

function labelsOf({ label, rules }: Outcome): string[] {
  return rules ? [...new Set(rules.map(rule => rule.label))] : [label];
}

function kindOf(outcome: Outcome, labels: Record<string, string>) {
  return outcome.rules
    ? kindByRules(outcome.rules, labels)
    : kindOfOutcome(outcome, labels[outcome.label]);
}

function describe(outcome: Outcome, values: Record<string, string>): string {
  const present = labelsOf(outcome).filter(label => values[label]);
  const expected =
    outcome.rules?.find(({ failed }) => !failed)?.label ?? outcome.label;
  return present.length === 0
    ? `no label ${expected}`
    : present
        .map(label =>
          SHOWN_VALUE.test(values[label])
            ? `${label}="${values[label]}"`
            : `another value of ${label}`,
        )
        .join(' with ');
}
