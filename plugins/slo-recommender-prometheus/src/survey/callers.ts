import type { HourRange } from 'backstage-plugin-slo-recommender-node';
import type { PrometheusClient } from '../client/PrometheusClient';
import { sampleValue } from '../client/api';
import { askInParts } from '../client/askInParts';
import { answerIfPossible } from '../client/failures';
import { identifyingLabels, nameIn } from '../dialects/identity';
import {
  addUpFailures,
  selectFailures,
  selectTotal,
  withOutcome,
} from '../dialects/outcomes';
import {
  type Dialect,
  isTemplate,
  PART_LABEL,
  type RequestCounter,
} from '../dialects/types';
import { addHours, countHours, HOUR_SECONDS, splitRange } from '../hours';
import {
  binary,
  call,
  groupBy,
  type InstantExpression,
  labelledUnion,
  number,
  sumBy,
  withLabel,
} from '../promql/expressions';
import { hourlyIncrease } from '../promql/hourlyIncrease';

const MAX_HOURS_PER_QUERY = 7 * 24;

/** Fewer failures in an hour, or a lower share of the calls, are not worth a comparison. */
const FEWEST_FAILURES = 3;
/** Callers mark their own mistakes as failures, so that a few are usual. */
const NOTABLE_SHARE = 0.05;
/** Where only what the service did not see is left, less is notable. */
const NOTABLE_UNSEEN_SHARE = 0.001;

/** Calls to a service in one hour, as its callers saw them. */
export interface CallsSeen {
  requests: number;
  /** Those that failed; if `isUnseen`, those of them that the service itself does not know. */
  failures: number;
}

export interface SeenByCallers {
  /** Hours with notably many failures, by the name of the service and Unix milliseconds of their start. */
  byName: ReadonlyMap<string, ReadonlyMap<number, CallsSeen>>;
  warnings: string[];
}

/**
 * Asks for the hours in which callers saw calls to services fail, for all services at once. There are few of them, so
 * that the answer is small. Undefined if the server cannot say.
 *
 * @param dialect - of which callers are the witnesses.
 */
export async function findFailuresAtCallers(
  client: PrometheusClient,
  dialect: Dialect,
  range: HourRange,
  signal?: AbortSignal,
): Promise<SeenByCallers | undefined> {
  const { source } = dialect;
  if (isTemplate(source)) {
    return undefined;
  }
  const by = identifyingLabels(dialect);
  const expression = failuresAtCallers(source, dialect.ownReporters, by);
  const answers = await answerIfPossible(
    () =>
      askInParts(splitRange(range, MAX_HOURS_PER_QUERY), {
        ask: (part, either) =>
          client.queryRange({
            expression,
            start: addHours(part.from, 1),
            end: part.to,
            stepSeconds: HOUR_SECONDS,
            subject: `failures of ${source.metric} at callers`,
            signal: either,
          }),
        halve: part =>
          countHours(part) > 1
            ? splitRange(part, Math.ceil(countHours(part) / 2))
            : [],
        signal,
      }),
    signal,
  );
  if (!answers) {
    return undefined;
  }
  const seen = new Map<string, Map<number, CallsSeen>>();
  for (const { metric, values } of answers.flatMap(({ data }) => data)) {
    const name = nameIn(dialect, metric);
    const hours = seen.get(name) ?? new Map<number, CallsSeen>();
    seen.set(name, hours);
    const part = metric[PART_LABEL] === 'failures' ? 'failures' : 'requests';
    for (const [time, value] of values) {
      const hourMs = (time - HOUR_SECONDS) * 1_000;
      const calls = hours.get(hourMs) ?? { requests: NaN, failures: NaN };
      hours.set(hourMs, { ...calls, [part]: Math.round(sampleValue(value)) });
    }
  }
  return {
    byName: seen,
    warnings: answers.flatMap(({ warnings }) => warnings),
  };
}

/** Calls and failures in hours with notably many failures. */
function failuresAtCallers(
  counter: RequestCounter,
  ownReporters: Dialect['ownReporters'],
  by: readonly string[],
): InstantExpression {
  const requests = sumBy(
    by,
    hourlyIncrease(selectTotal(counter), undefined, counter),
  );
  const failures = failuresOf(counter, by);
  const ownFailures =
    ownReporters && failuresOf({ ...counter, matchers: [ownReporters] }, by);
  const unseen = ownFailures
    ? binary(binary(failures, '-', ownFailures), 'or', failures)
    : failures;
  const share = ownReporters ? NOTABLE_UNSEEN_SHARE : NOTABLE_SHARE;
  const notable = binary(
    binary(unseen, '>=', number(FEWEST_FAILURES)),
    '>=',
    binary(requests, '*', number(share)),
  );
  return labelledUnion(
    PART_LABEL,
    new Map([
      ['failures', notable],
      ['requests', binary(requests, 'and', notable)],
    ]),
  );
}

function failuresOf(
  counter: RequestCounter,
  by: readonly string[],
): InstantExpression {
  const total = selectTotal(counter);
  const failures = selectFailures(counter, total);
  if (failures) {
    return sumBy(
      by,
      addUpFailures(failures, selector =>
        hourlyIncrease(selector, total.matchers, counter),
      ),
    );
  }
  const { outcome } = counter;
  // a series with the label of failures and nothing else, which the others are held against
  const failed = withLabel(
    groupBy(
      [],
      call('last_over_time', {
        type: 'range',
        vector: total,
        rangeSeconds: HOUR_SECONDS,
      }),
    ),
    outcome.label,
    outcome.failed,
  );
  return sumBy(
    by,
    binary(
      sumBy(
        [...by, outcome.label],
        withOutcome(hourlyIncrease(total, undefined, counter), outcome),
      ),
      'and',
      failed,
      [outcome.label],
    ),
  );
}
