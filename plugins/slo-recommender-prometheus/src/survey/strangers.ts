import { nameKind } from 'backstage-plugin-slo-recommender-node';
import { sampleValue, type MatrixSeries } from '../client/api';
import { environmentLabels } from '../dialects/environments';
import { healthCheckSelectors } from '../dialects/healthChecks';
import { identifyingLabels, nameIn } from '../dialects/identity';
import { kindOfOutcome, selectTotal, withOutcome } from '../dialects/outcomes';
import { suspectedScrapers } from '../dialects/replicas';
import { type Dialect, isTemplate, PART_LABEL } from '../dialects/types';
import {
  binary,
  countBy,
  groupBy,
  histogramCount,
  type InstantExpression,
  number,
  sumBy,
  type VectorSelector,
  without,
} from '../promql/expressions';
import { roughIncrease } from '../promql/hourlyIncrease';
import { readTargetEnvironments, targetParts } from './targetEnvironments';

const DAY_SECONDS = 86_400;
const WEEK_SECONDS = 7 * DAY_SECONDS;

/** Values of {@link PART_LABEL}. */
const PARTS = {
  healthChecks: 'health checks',
  environments: 'environments',
  earlier: 'environments of the week',
  replicas: 'replicas by ',
};

/** Values that two scrapers read within a minute of each other differ by less, unless the counter is younger than hours. */
const TOLERANCE = 0.01;
/** Lower values are often equal by chance. */
const FEWEST_COUNTED = 10;
/** Share of what is counted that is too much, from which on it is. */
const NOTABLE_SURPLUS = 0.2;

/** Requests of the last day that have the same labels of a kind. */
export interface Portion {
  /** Without values that look personal, which are not shown. */
  labels: Record<string, string>;
  requests: number;
  failures: number;
}

/** What may be no requests of users, or not of this service alone. */
export interface Strangers {
  /** By the labels that show them. */
  healthChecks: Portion[];
  /** By labels of environments and places, if there are several; without requests if they had some in the week only. */
  environments: Portion[];
  /** By environments of the scrape targets, if there are several. */
  targets: Portion[];
  /** By labels that tell apart series which are the same otherwise, with what each has counted since it began. */
  replicas: Portion[];
}

/** What to ask about the last day of a dialect, whose metric has the labels. */
export function strangerParts(
  dialect: Dialect,
  labels: ReadonlySet<string> | undefined,
): Map<string, InstantExpression> {
  const { source } = dialect;
  const parts = new Map<string, InstantExpression>();
  if (isTemplate(source) || !labels) {
    return parts;
  }
  const by = identifyingLabels(dialect);
  const increaseOf = (selector: VectorSelector) =>
    roughIncrease(selector, DAY_SECONDS, source.isNative);
  const byOutcome = (
    others: readonly string[],
    expression: InstantExpression,
  ) =>
    sumBy(
      [...by, ...others, source.outcome.label],
      withOutcome(expression, source.outcome),
    );

  const healthChecks = healthCheckSelectors(labels);
  if (healthChecks.length > 0) {
    parts.set(
      PARTS.healthChecks,
      byOutcome(
        healthChecks.map(({ label }) => label),
        healthChecks
          .map(matcher => increaseOf(selectTotal(source, [matcher])))
          .reduce((any, one) => binary(any, 'or', one)),
      ),
    );
  }

  const places = environmentLabels(labels).filter(label => !by.includes(label));
  if (places.length > 0) {
    const ofDay = byOutcome(places, increaseOf(selectTotal(source)));
    const active = binary(ofDay, '>', number(0));
    const anywhere = groupBy([...by, ...places], active);
    const ofWeek = source.isNative
      ? anywhere
      : binary(
          anywhere,
          'or',
          groupBy([...by, ...places], activeInWeek(selectTotal(source))),
        );
    const areSeveral = binary(countBy(by, ofWeek), '>', number(1));
    parts.set(PARTS.environments, binary(active, 'and', areSeveral, by));
    parts.set(PARTS.earlier, binary(ofWeek, 'and', areSeveral, by));
  }

  targetParts(dialect).forEach((part, name) => parts.set(name, part));

  // one of a pair may be gone by now, and what both counted is still there
  const [now, then] = [0, DAY_SECONDS].map(offsetSeconds => {
    const total = { ...selectTotal(source), offsetSeconds };
    return source.isNative ? histogramCount(total) : total;
  });
  for (const label of suspectedScrapers(source, labels)) {
    const [areSame, wereSame] = [now, then].map(counted =>
      binary(
        binary(sumBy(by, surplusOf(label, counted)), '/', sumBy(by, counted)),
        '>=',
        number(NOTABLE_SURPLUS),
      ),
    );
    parts.set(
      `${PARTS.replicas}${label}`,
      binary(
        sumBy([...by, label], binary(now, 'or', then)),
        'and',
        binary(areSame, 'or', wereSame),
        by,
      ),
    );
  }
  return parts;
}

/** What is counted too much if series that differ in one label only, and not in their values, are the same. */
function surplusOf(
  label: string,
  counted: InstantExpression,
): InstantExpression {
  const most = without([label], 'max', counted);
  const isSame = binary(
    binary(most, '-', without([label], 'min', counted)),
    '<=',
    binary(most, '*', number(TOLERANCE)),
  );
  return binary(
    binary(without([label], 'sum', counted), '-', most),
    'and',
    binary(isSame, 'and', binary(most, '>=', number(FEWEST_COUNTED))),
  );
}

/** Series of now that have counted something within the week. */
function activeInWeek(selector: VectorSelector): InstantExpression {
  const then = { ...selector, offsetSeconds: WEEK_SECONDS };
  return binary(
    binary(selector, '!=', then),
    'or',
    binary(binary(selector, 'unless', then), '>', number(0)),
  );
}

/** By name of the service, from the answer to {@link strangerParts} among others. */
export function readStrangers(
  dialect: Dialect,
  data: readonly MatrixSeries[],
): Map<string, Strangers> {
  const strangers = new Map<string, Strangers>();
  const { source } = dialect;
  if (isTemplate(source)) {
    return strangers;
  }
  const own = [...identifyingLabels(dialect), source.outcome.label, PART_LABEL];
  for (const { metric, values } of data) {
    const name = nameIn(dialect, metric);
    const part = metric[PART_LABEL] ?? '';
    const value = sampleValue(values.at(-1)?.[1] ?? '');
    const kind = kindOfPart(part);
    if (!name || !kind || !(value > 0)) {
      continue;
    }
    const known = strangers.get(name) ?? nobody();
    strangers.set(name, known);
    const outcome = kindOfOutcome(source.outcome, metric[source.outcome.label]);
    const requests = part === PARTS.earlier ? 0 : value;
    known[kind].push({
      labels: Object.fromEntries(
        Object.entries(metric).filter(
          ([label, text]) =>
            !own.includes(label) && nameKind(text) !== 'personal',
        ),
      ),
      requests,
      failures: outcome === 'failed' ? requests : 0,
    });
  }
  for (const [name, targets] of readTargetEnvironments(dialect, data)) {
    strangers.set(name, { ...(strangers.get(name) ?? nobody()), targets });
  }
  return strangers;
}

function nobody(): Strangers {
  return { healthChecks: [], environments: [], targets: [], replicas: [] };
}

function kindOfPart(part: string): keyof Strangers | undefined {
  if (part === PARTS.healthChecks) return 'healthChecks';
  if (part === PARTS.environments || part === PARTS.earlier) {
    return 'environments';
  }
  return part.startsWith(PARTS.replicas) ? 'replicas' : undefined;
}
