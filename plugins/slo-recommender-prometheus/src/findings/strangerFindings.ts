import type { DataQualityFinding } from 'backstage-plugin-slo-recommender-node';
import {
  areEnvironmentsMixed,
  environmentKind,
  environmentLabels,
} from '../dialects/environments';
import { healthCheckIn } from '../dialects/healthChecks';
import { type Dialect, isTemplate } from '../dialects/types';
import type { LabelMatcher } from '../promql/expressions';
import { printMatchers, quotePattern } from '../promql/print';
import { dayOf, type Review, strangersOf } from '../survey/review';
import type { Portion } from '../survey/strangers';
import { count, percent } from './figures';
import { PROMOTE_ENVIRONMENT } from './snippets';

/** Health checks that are fewer of the requests hardly move a ratio. */
const NOTABLE_SHARE = 0.01;
const HARMFUL_SHARE = 0.05;
/** Failures of probes are no failures of users. */
const HARMFUL_SHARE_OF_FAILURES = 0.1;
const FEWEST_FAILURES = 10;

/** Values that are named, and that are left out by one line. */
const MOST_NAMED = 3;
const MOST_SELECTED = 20;

/** What to do, by the matcher of the environment that the objective is likely for. */
type RemedyOf = (
  wanted: LabelMatcher,
) => Pick<DataQualityFinding, 'fix' | 'snippet'>;

const PROMOTE: ReturnType<RemedyOf> = {
  fix: 'Only target_info has the label. Let the requests have it too, and choose an environment by the annotation slo-recommender.io/matchers then.',
  snippet: PROMOTE_ENVIRONMENT,
};

/** Says what of the last day was not asked by users, or not of this service alone. */
export function strangerFindings(
  dialect: Dialect,
  names: readonly string[],
  review: Review,
): DataQualityFinding[] {
  const { source } = dialect;
  const own = dayOf(dialect.id, names, review);
  if (isTemplate(source) || !own) return [];
  const { healthChecks, environments, targets, replicas } = strangersOf(
    dialect.id,
    names,
    review,
  );
  const selected = source.selection ?? [];
  const byLabel = environmentFindings(environments, wanted =>
    remedy(selected, [wanted], 'Choose the one that the objective is for'),
  );
  return [
    ...healthCheckFindings(healthChecks, own, selected),
    ...(byLabel.length > 0
      ? byLabel
      : environmentFindings(targets, () => PROMOTE)),
    ...replicaFindings(replicas, selected),
  ];
}

interface Counted {
  requests: number;
  failures: number;
}

function sumOf(counted: readonly Counted[]): Counted {
  return counted.reduce(
    (sum, one) => ({
      requests: sum.requests + one.requests,
      failures: sum.failures + one.failures,
    }),
    { requests: 0, failures: 0 },
  );
}

function healthCheckFindings(
  portions: readonly Portion[],
  own: Counted & { unknown: number },
  selected: readonly LabelMatcher[],
): DataQualityFinding[] {
  const { requests, failures } = sumOf(portions);
  const share = requests / (own.requests + own.unknown);
  const isHarmful =
    share >= HARMFUL_SHARE ||
    (failures >= FEWEST_FAILURES &&
      failures >= HARMFUL_SHARE_OF_FAILURES * own.failures);
  if (!isHarmful && !(share >= NOTABLE_SHARE)) return [];
  const checks = [
    ...Map.groupBy(
      portions.flatMap(portion => {
        const sign = healthCheckIn(portion.labels);
        return sign ? { ...sign, requests: portion.requests } : [];
      }),
      ({ label, start }) => `${label} ${start}`,
    ).values(),
  ]
    .map(same => ({
      ...same[0],
      isWhole: same.every(({ isWhole }) => isWhole),
      requests: same.reduce((sum, one) => sum + one.requests, 0),
    }))
    .sort((one, other) => other.requests - one.requests)
    .slice(0, MOST_SELECTED);
  const others = {
    requests: own.requests - requests,
    failures: own.failures - failures,
  };
  return [
    {
      code: 'health_checks_counted',
      severity: isHarmful ? 'warning' : 'info',
      message: `${percent(share)} of the requests of the last day (${count(
        requests,
      )}) were health checks${
        checks.length > 0
          ? `: ${nameSome(checks.map(({ start }) => start))}`
          : ''
      }. ${
        others.requests >= 1
          ? `Of the others ${percent(
              Math.max(0, others.failures) / others.requests,
            )} failed, and of all of them together ${percent(
              own.failures / own.requests,
            )}.`
          : 'There were no others.'
      }`,
      ...remedy(
        selected,
        [...Map.groupBy(checks, ({ label }) => label)].map(([label, same]) => ({
          label,
          operator: '!~',
          value: same
            .map(({ start, isWhole }) =>
              isWhole ? quotePattern(start) : `${quotePattern(start)}.*`,
            )
            .join('|'),
        })),
        'Leave them out',
      ),
      gain: 'The objective is about requests of users.',
    },
  ];
}

function environmentFindings(
  portions: readonly Portion[],
  remedyOf: RemedyOf,
): DataQualityFinding[] {
  const labels = new Set(portions.flatMap(one => Object.keys(one.labels)));
  for (const label of environmentLabels(labels)) {
    const environments = [
      ...Map.groupBy(portions, one => one.labels[label] ?? ''),
    ]
      .map(([value, same]) => ({ value, ...sumOf(same) }))
      // what has no label may have got one since
      .filter(({ value, requests }) => value !== '' || requests >= 1)
      .sort((one, other) => other.requests - one.requests);
    if (
      areEnvironmentsMixed(
        label,
        environments.map(({ value }) => value),
      )
    ) {
      return [mixedEnvironments(label, environments, remedyOf)];
    }
  }
  return [];
}

function mixedEnvironments(
  label: string,
  environments: readonly ({ value: string } & Counted)[],
  remedyOf: RemedyOf,
): DataQualityFinding {
  const all = sumOf(environments);
  const named = environments.filter(({ value }) => value !== '');
  const production = named.filter(
    ({ value }) => environmentKind(value) === 'production',
  );
  const wanted = (production.length > 0 ? production : named.slice(0, 1))
    .map(({ value }) => value)
    .slice(0, MOST_SELECTED);
  return {
    code: 'environments_mixed',
    severity: 'warning',
    message: `Several environments are counted under one name, by the label ${label}: ${nameSome(
      environments.map(({ value, requests, failures }) => {
        const name = value === '' ? 'without a value' : value;
        return requests >= 1
          ? `${name} (${percent(requests / all.requests)} of the requests of the last day, of which ${percent(
              failures / requests,
            )} failed)`
          : `${name} (no requests in the last day, but some in the week)`;
      }),
    )}.`,
    ...remedyOf(
      wanted.length === 1
        ? { label, operator: '=', value: wanted[0] }
        : { label, operator: 'in', values: wanted },
    ),
    gain: 'The objective is about one environment.',
  };
}

function replicaFindings(
  portions: readonly Portion[],
  selected: readonly LabelMatcher[],
): DataQualityFinding[] {
  const [label] = portions.flatMap(({ labels }) => Object.keys(labels));
  if (label === undefined) return [];
  const values = portions
    .filter(({ labels }) => label in labels)
    .sort((one, other) => other.requests - one.requests)
    .map(({ labels }) => labels[label]);
  return [
    {
      code: 'replicas_counted',
      severity: 'warning',
      message: `Series of this service are there ${values.length} times, with the same values, and differ only in the label ${label}: ${nameSome(
        values,
      )}. Several scrapers read the same target, so that each request is counted more than once. Ratios are right, but counts and budgets in requests are too large.`,
      ...remedy(
        selected,
        [{ label, operator: '=', value: values[0] }],
        'Let the datasource deduplicate them (query.replica-label of Thanos, the HA tracker of Mimir), or count those of one scraper',
      ),
      gain: 'Counts and budgets in requests are right.',
    },
  ];
}

/** The line that selects the right series, beside what is selected already. */
function remedy(
  selected: readonly LabelMatcher[],
  added: readonly LabelMatcher[],
  what: string,
): Pick<DataQualityFinding, 'fix' | 'snippet'> {
  if (added.length === 0) {
    return { fix: `${what} with matchers of the datasource.`, snippet: null };
  }
  const text = printMatchers([...selected, ...added]);
  return {
    fix: `${what}: put the annotation below on the entity, or write its text as matchers of the datasource for all services.`,
    snippet: {
      title: 'catalog-info.yaml',
      language: 'yaml',
      text: `metadata:\n  annotations:\n    slo-recommender.io/matchers: '${text.replaceAll(
        "'",
        "''",
      )}'\n`,
    },
  };
}

function nameSome(values: readonly string[]): string {
  const some = values.slice(0, MOST_NAMED).map(shorten);
  return [...some, ...(values.length > some.length ? ['…'] : [])].join(', ');
}

const LONGEST = 120;

function shorten(value: string): string {
  return value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
}
