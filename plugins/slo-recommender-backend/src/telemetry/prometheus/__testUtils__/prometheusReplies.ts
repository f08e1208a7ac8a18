import type { JsonObject, JsonValue } from '@backstage/types';
import type { ReceivedRequest, ScriptedServer } from './scriptedServer';

/** What a scripted Prometheus says. */
export interface Reply {
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

/** Replies to discovery and to queries; `metric` is the one asked for. */
export function reply(
  server: ScriptedServer,
  discover: (metric: string) => Reply,
  query: (metric: string, request: ReceivedRequest) => Reply | Promise<Reply>,
): void {
  server.answer(async (request, response) => {
    const text =
      request.parameters.get('query') ?? request.parameters.get('match[]');
    const metric = /\w*_total/.exec(text ?? '')?.[0] ?? '';
    const { status = 200, content } = request.path.endsWith('/query_range')
      ? await query(metric, request)
      : discover(metric);
    response.writeHead(status).end(JSON.stringify(content));
  });
}
