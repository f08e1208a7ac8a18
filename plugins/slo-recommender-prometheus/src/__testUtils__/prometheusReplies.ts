import type { JsonObject, JsonValue } from '@backstage/types';
import type {
  ReceivedRequest,
  ScriptedServer,
} from '../testing/scriptedServer';

/** What a scripted Prometheus says. */
interface Reply {
  status?: number;
  content: JsonValue;
}

export const labels = (data: JsonValue, more: JsonObject = {}): Reply => ({
  content: { status: 'success', data, ...more },
});
export const matrix = (result: JsonValue, more: JsonObject = {}): Reply =>
  labels({ resultType: 'matrix', result }, more);
export const refusal = (status: number): Reply => ({
  status,
  content: { status: 'error', error: 'no' },
});

/** Metrics of requests that a scripted Prometheus may have, and their labels. */
const METRICS = new Map([
  [
    'traces_span_metrics_calls_total',
    ['service_name', 'span_kind', 'status_code'],
  ],
  ['traces_service_graph_request_total', ['client', 'server', 'failed']],
]);
const GRAPH_FAILURES = 'traces_service_graph_request_failed_total';

/** True for questions about the last day as a whole, which are not about counts. */
export function isReview({ parameters }: ReceivedRequest): boolean {
  return parameters.get('query')?.includes('slo_part') === true;
}

/**
 * Replies to discovery and to queries; `metric` is the one asked for. Metrics of which discovery finds no service are
 * not there; nothing is known of the last day.
 */
export function reply(
  server: ScriptedServer,
  discover: (metric: string) => Reply,
  query: (metric: string, request: ReceivedRequest) => Reply | Promise<Reply>,
): void {
  server.answer(async (request, response) => {
    const text =
      request.parameters.get('query') ?? request.parameters.get('match[]');
    const metric = /\w*_total/.exec(text ?? '')?.[0] ?? '';
    const answer = async (): Promise<Reply> => {
      if (request.path.endsWith('/query_range')) {
        return isReview(request) ? matrix([]) : query(metric, request);
      }
      if (request.path.endsWith('/label/__name__/values')) {
        return inventory(discover);
      }
      return request.path.endsWith('/labels')
        ? labels(METRICS.get(metric) ?? [])
        : discover(metric);
    };
    const { status = 200, content } = await answer();
    response.writeHead(status).end(JSON.stringify(content));
  });
}

function inventory(discover: (metric: string) => Reply): Reply {
  const replies = [...METRICS.keys()].map(metric => ({
    metric,
    reply: discover(metric),
  }));
  const odd = replies.find(
    ({ reply: { status, content } }) =>
      status !== undefined || JSON.stringify(content).includes('warnings'),
  );
  return (
    odd?.reply ??
    labels([
      ...replies
        .filter(({ reply: { content } }) =>
          JSON.stringify(content).includes('"data":["'),
        )
        .map(({ metric }) => metric),
      GRAPH_FAILURES,
    ])
  );
}
