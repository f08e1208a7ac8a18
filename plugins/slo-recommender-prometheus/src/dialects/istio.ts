import { type Dialect, OUTCOME_LABEL } from './types';

export const ISTIO_REQUESTS = 'istio_requests_total';

/** What a workload may be called, the name that is most like a service's first. */
const NAMES = ['canonical_service', 'service_name', 'workload'];
const MAX_NAMES = 2;

/** Statuses of gRPC that OpenTelemetry's conventions blame on the server: UNKNOWN, DEADLINE_EXCEEDED, UNIMPLEMENTED, … */
const SERVER_FAULTS = '2|4|12|13|14|15';

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
      failureDefinition: `requests that the ${
        reporter === 'source' ? "caller's" : "service's own"
      } proxy saw answered with a 5xx status code, or with a gRPC status that blames the server`,
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

export function istioCounter(reporter: string) {
  return {
    metric: ISTIO_REQUESTS,
    matchers: [{ label: 'reporter', operator: '=' as const, value: reporter }],
    outcome: {
      label: OUTCOME_LABEL,
      failed: 'failed',
      rules: [
        { label: 'response_code', pattern: '5[0-9]{2}', failed: true },
        { label: 'grpc_response_status', pattern: SERVER_FAULTS, failed: true },
      ],
    },
  };
}
