import {
  GRPC_SERVER_FAULTS,
  outcomeByRules,
  statusCodeRules,
} from './outcomes';
import type { Dialect, OutcomeRule } from './types';

export const ISTIO_REQUESTS = 'istio_requests_total';

/** What a workload may be called, the name that is most like a service's first. */
const NAMES = ['canonical_service', 'service_name', 'workload'];
const MAX_NAMES = 2;

/** Whose count is believed, best first: the waypoint of an ambient mesh stands before services without a proxy. */
export const REPORTERS = ['destination', 'waypoint', 'source'];

/** Requests as the proxy at their destination saw them, else as its waypoint, else as the one at their source did. */
export function istioDialects(
  labels: ReadonlySet<string> | undefined,
): Dialect[] {
  const names = istioNames(labels);
  return REPORTERS.flatMap(reporter =>
    names.map(name => ({
      id: 'istio' as const,
      serviceLabel: `destination_${name}`,
      ...(labels?.has(namespaceLabelOf(name)) && {
        namespaceLabel: namespaceLabelOf(name),
      }),
      source: istioCounter(reporter),
      ...(reporter === 'source' && {
        isSeenByCallers: true,
        ownReporters: {
          label: 'reporter',
          operator: 'in' as const,
          values: REPORTERS.filter(other => other !== reporter),
        },
      }),
      failureDefinition: `requests that the ${
        reporter === 'source' ? "caller's" : "service's own"
      } proxy saw answered with a 5xx status code or with a gRPC status that blames the server, or not answered because the way to the service failed`,
    })),
  );
}

function namespaceLabelOf(name: string): string {
  return name === 'service_name'
    ? 'destination_service_namespace'
    : 'destination_workload_namespace';
}

/** Kinds of names that both ends of a request have. */
export function istioNames(labels: ReadonlySet<string> | undefined): string[] {
  return NAMES.filter(
    name => labels?.has(`destination_${name}`) !== false,
  ).slice(0, MAX_NAMES);
}

/**
 * Why a proxy got no answer, as Envoy's response flags name it: no healthy upstream (UH), connection refused (UF),
 * terminated (UC) or reset (UR, LR), overflow (UO), timeouts (UT, SI, DT), broken protocol (UPE), retries used up (URX), no
 * route or cluster (NR, NC), name not resolved (DF).
 */
const NO_ANSWER_FLAGS = 'UH|UF|UC|UR|LR|UO|UT|SI|DT|UPE|URX|NR|NC|DF';

/**
 * A request without an answer has code 0. It failed if the flags blame the way to the service. Most often they say DC, the
 * client left: whether out of impatience with a service that hangs or because its user closed the page cannot be told, and
 * operators are divided on what to count it as (istio/istio issues 9292, 40207, 49884), so it stays unknown. Istio writes a
 * code for calls of gRPC too, the 200 of their transport, so that their status comes last.
 */
const RULES: readonly OutcomeRule[] = [
  {
    label: 'response_flags',
    pattern: `(.*,)?(${NO_ANSWER_FLAGS})(,.*)?`,
    failed: true,
  },
  ...statusCodeRules('response_code'),
  { label: 'grpc_response_status', pattern: GRPC_SERVER_FAULTS, failed: true },
];

export function istioCounter(reporter: string) {
  return {
    metric: ISTIO_REQUESTS,
    matchers: [{ label: 'reporter', operator: '=' as const, value: reporter }],
    outcome: outcomeByRules(RULES),
  };
}
