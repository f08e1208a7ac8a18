import { withExported } from './identity';
import { grpcStatusRules, outcomeByRules, statusCodeRules } from './outcomes';
import { spellings, spellLabel } from './spellings';
import type { Dialect, DialectId, OutcomeRule } from './types';

type Unit = 'seconds' | 'milliseconds';

/** Returns how the metric spells a label, undefined if it has no such label. */
type Spell = (label: string) => string | undefined;

/** How servers count the requests that they answer, by a histogram of durations: nothing is sampled away. */
interface ServerConvention {
  id: DialectId;
  /** Names as the instrumentation has them, the present one first. */
  histograms: readonly { name: string; unit: Unit }[];
  /** Labels that name the service, the best first. */
  serviceLabels: readonly string[];
  /** Undefined if no label shows the outcome. */
  readOutcome(
    spell: Spell,
  ): { rules: OutcomeRule[]; failureDefinition: string } | undefined;
}

const CONVENTIONS: readonly ServerConvention[] = [
  {
    id: 'otel-rpc-metrics',
    histograms: [
      { name: 'rpc.server.call.duration', unit: 'seconds' },
      { name: 'rpc.server.duration', unit: 'milliseconds' },
    ],
    serviceLabels: ['service.name'],
    readOutcome: rpcOutcome,
  },
  {
    id: 'otel-http-metrics',
    histograms: [
      { name: 'http.server.request.duration', unit: 'seconds' },
      { name: 'http.server.duration', unit: 'milliseconds' },
    ],
    serviceLabels: ['service.name'],
    readOutcome: httpOutcome,
  },
  {
    id: 'micrometer-http-metrics',
    histograms: [
      { name: 'http.server.requests', unit: 'seconds' },
      { name: 'http.server.requests', unit: 'milliseconds' },
    ],
    serviceLabels: ['service.name', 'application'],
    readOutcome: micrometerOutcome,
  },
];

interface ServerMetric {
  convention: ServerConvention;
  unit: Unit;
  isNative: boolean;
}

/** Counters of requests by name: those of each convention together, classic histograms before native ones. */
export const SERVER_METRICS: ReadonlyMap<string, ServerMetric> = new Map(
  CONVENTIONS.flatMap(convention =>
    ['_count', ''].flatMap(suffix =>
      convention.histograms.flatMap(({ name, unit }) =>
        spellings(name, { unit, suffix }).map(
          (metric): [string, ServerMetric] => [
            metric,
            { convention, unit, isNative: suffix === '' },
          ],
        ),
      ),
    ),
  ),
);

/** Those that count the requests of servers. */
export const SERVER_DIALECTS: ReadonlySet<Dialect['id']> = new Set(
  CONVENTIONS.map(({ id }) => id),
);

/** Requests by outcome, as servers count them. */
export function serverMetricsDialects(
  metric: string,
  { convention, isNative }: ServerMetric,
  labels: ReadonlySet<string> | undefined,
): Dialect[] {
  // Micrometer writes quantiles under the name that a native histogram has
  if (isNative && labels?.has('quantile')) {
    return [];
  }
  const spell: Spell = label => spellLabel(label, metric, labels);
  const outcome = convention.readOutcome(spell);
  if (!outcome) {
    return [];
  }
  const identities = [
    ...spellAll(spell, convention.serviceLabels).flatMap(label =>
      withExported(label, labels),
    ),
    // Metrics that come over OTLP have no label for the service, only a job of its namespace and name.
    ...(labels?.has('job') === false
      ? []
      : withExported('job', labels).map(job => ({
          ...job,
          isQualified: true,
        }))),
  ];
  return identities.map(({ matchers, ...identity }) => ({
    id: convention.id,
    ...identity,
    source: {
      metric,
      isNative,
      matchers,
      outcome: outcomeByRules(outcome.rules),
    },
    failureDefinition: outcome.failureDefinition,
  }));
}

const ANSWERED_WITH_5XX = 'requests answered with a 5xx status code';

/** A request that was never answered has no status code, only the type of its error; with a code, the code decides. */
function httpOutcome(spell: Spell) {
  const codes = spellAll(spell, [
    'http.response.status_code',
    'http.status_code',
  ]);
  const errors = errorRules(spell);
  return codes.length === 0
    ? undefined
    : {
        rules: [...errors, ...codes.flatMap(statusCodeRules)],
        failureDefinition:
          errors.length > 0
            ? `${ANSWERED_WITH_5XX}, and those without a code that ended in an error such as a timeout`
            : ANSWERED_WITH_5XX,
      };
}

const CONNECT_CODE = 'rpc.connect_rpc.error_code';

/**
 * Before 2025 each kind of RPC had a label of its own. That of Connect is missing on success, so that its absence shows
 * success where the label is known.
 */
function rpcOutcome(spell: Spell) {
  const codes = spellAll(spell, [
    'rpc.response.status_code',
    'rpc.grpc.status_code',
    'rpc.grpc_web.status_code',
    CONNECT_CODE,
  ]);
  const system = spell(CONNECT_CODE) && spell('rpc.system');
  const errors = errorRules(spell);
  return codes.length === 0
    ? undefined
    : {
        rules: [
          ...(system
            ? [{ label: system, pattern: 'connect_rpc', failed: false }]
            : []),
          ...errors,
          ...codes.flatMap(grpcStatusRules),
        ],
        failureDefinition: `calls answered with a status of gRPC that blames the server: UNKNOWN, DEADLINE_EXCEEDED, UNIMPLEMENTED, INTERNAL, UNAVAILABLE or DATA_LOSS${
          errors.length > 0
            ? '; and those without a known status that ended in an error'
            : ''
        }`,
      };
}

/**
 * Micrometer gives requests without an answer a word instead of a status (`UNKNOWN`, `RESET`): of those it is not known
 * whether the client left. Its own outcome decides only where no series has a status; the type of an exception does not,
 * as exceptions are answered with all kinds of codes.
 */
function micrometerOutcome(spell: Spell) {
  const [status, outcome] = [spell('status'), spell('outcome')];
  if (status) {
    return {
      rules: statusCodeRules(status),
      failureDefinition: ANSWERED_WITH_5XX,
    };
  }
  return outcome
    ? {
        rules: [
          {
            label: outcome,
            pattern: 'INFORMATIONAL|SUCCESS|REDIRECTION|CLIENT_ERROR',
            failed: false,
          },
          { label: outcome, pattern: 'SERVER_ERROR', failed: true },
        ],
        failureDefinition: 'requests with the outcome SERVER_ERROR',
      }
    : undefined;
}

function errorRules(spell: Spell): OutcomeRule[] {
  return spellAll(spell, ['error.type']).map(label => ({
    label,
    pattern: '.+',
    failed: true,
  }));
}

function spellAll(spell: Spell, labels: readonly string[]): string[] {
  return labels.flatMap(label => spell(label) ?? []);
}
