import { HOUR_MS } from 'backstage-plugin-slo-recommender-node';
import type { ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { ReceivedRequest, Script } from './scriptedServer';
import type { SyntheticFleet } from './syntheticFleet';

export const SPANS = 'traces_span_metrics_calls_total';
const CALLS = 'traces_service_graph_request_total';
const FAILED_CALLS = 'traces_service_graph_request_failed_total';

/** Series that stand behind the counts of one service: span names, instances and outcomes. */
const SERIES_PER_SERVICE = 12;

/** Default of `query.max-samples`, and how many values the formula for hourly counts holds per series and step. */
const MAX_SAMPLES = 50_000_000;
const OPERANDS = 6;

/** What goes wrong with an answer. */
export type Fault =
  | 'too many samples'
  | 'unavailable'
  | 'throttled'
  | 'no answer'
  | 'truncated'
  | 'reset';

interface FleetServerOptions {
  fleet: SyntheticFleet;
  delayMs: number;
  /** What goes wrong with the request that comes as the n-th, from 0. */
  faultOf?: (count: number) => Fault | undefined;
}

const LABELS = new Map([
  [SPANS, ['job', 'instance', 'service_name', 'span_kind', 'status_code']],
  [CALLS, ['job', 'client', 'server', 'connection_type']],
  [FAILED_CALLS, ['job', 'client', 'server', 'connection_type']],
]);

/** Answers the Prometheus API for a fleet, with counts that are right to the integer. */
export function serveFleet(options: FleetServerOptions): Script {
  let count = 0;
  return async (request, response) => {
    const fault = options.faultOf?.(count);
    count += 1;
    await setTimeout(options.delayMs);
    if (fault === 'no answer') return;
    if (fault === 'reset') {
      response.socket?.destroy();
      return;
    }
    const refusal = refusalOf(fault);
    if (refusal) {
      refuse(response, refusal.status, refusal.error);
      return;
    }
    const answer = answerOf(options.fleet, request);
    if (answer === undefined) {
      refuse(response, 422, 'query processing would load too many samples');
      return;
    }
    const body = `{"status":"success","data":${answer}}`;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(
      fault === 'truncated' ? body.slice(0, Math.floor(body.length / 2)) : body,
    );
  };
}

function refusalOf(fault: Fault | undefined) {
  switch (fault) {
    case 'too many samples':
      return { status: 422, error: 'query processing would load too many' };
    case 'unavailable':
      return { status: 503, error: 'not ready' };
    case 'throttled':
      return { status: 429, error: 'too many requests' };
    default:
      return undefined;
  }
}

function refuse(response: ServerResponse, status: number, error: string) {
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(JSON.stringify({ status: 'error', error }));
}

/** The text of `data`; undefined where the query needs too many samples. */
function answerOf(
  fleet: SyntheticFleet,
  { path, parameters }: ReceivedRequest,
): string | undefined {
  const selector = parameters.get('match[]') ?? '';
  const metric = [...LABELS.keys()].find(name => selector.startsWith(name));
  if (path.endsWith('/label/__name__/values')) {
    return JSON.stringify([...LABELS.keys()]);
  }
  if (path.endsWith('/labels')) {
    return JSON.stringify(metric ? LABELS.get(metric) : []);
  }
  if (path.endsWith('/label/service_name/values')) {
    return JSON.stringify(metric === SPANS ? fleet.names : []);
  }
  if (path.endsWith('/label/server/values')) {
    return JSON.stringify(metric === SPANS ? [] : fleet.names);
  }
  if (path.endsWith('/query_range')) {
    const result = evaluate(fleet, parameters);
    return result && `{"resultType":"matrix","result":[${result.join(',')}]}`;
  }
  return '[]';
}

/** Evaluates what is asked of a fleet: counts and numbers of series by service, and calls by edge. */
function evaluate(
  fleet: SyntheticFleet,
  parameters: URLSearchParams,
): string[] | undefined {
  const query = parameters.get('query') ?? '';
  const instants: number[] = [];
  for (
    let at = Number(parameters.get('start'));
    at <= Number(parameters.get('end'));
    at += Number(parameters.get('step'))
  ) {
    instants.push(at);
  }
  const [, wanted] = /service_name=~"([^"]*)"/.exec(query) ?? [];
  const names = wanted === undefined ? fleet.names : wanted.split('|');
  if (query.startsWith(`count by (service_name) (${SPANS}{`)) {
    const values = `[[${instants[0]},"${SERIES_PER_SERVICE}"]]`;
    return names.map(
      name => `{"metric":{"service_name":"${name}"},"values":${values}}`,
    );
  }
  const samples =
    names.length * SERIES_PER_SERVICE * instants.length * OPERANDS;
  if (query.includes('sum by (service_name, status_code) ')) {
    return samples > MAX_SAMPLES
      ? undefined
      : names.flatMap(name => countSeries(fleet, name, instants));
  }
  const binHours = query.startsWith('sum_over_time(') ? 24 : 1;
  return query.includes('sum by (client, server, connection_type') &&
    query.includes(CALLS)
    ? callSeries(fleet, instants, binHours)
    : [];
}

function countSeries(
  fleet: SyntheticFleet,
  name: string,
  instants: number[],
): string[] {
  const good: string[] = [];
  const bad: string[] = [];
  for (const at of instants) {
    const counts = fleet.countsOf(name, at * 1_000 - HOUR_MS);
    if (!counts) continue;
    good.push(`[${at},"${counts.total - counts.bad}"]`);
    if (counts.bad > 0) bad.push(`[${at},"${counts.bad}"]`);
  }
  const series = (status: string, values: string[]) =>
    values.length > 0
      ? [
          `{"metric":{"service_name":"${name}","status_code":"STATUS_CODE_${status}"},"values":[${values.join(
            ',',
          )}]}`,
        ]
      : [];
  return [...series('UNSET', good), ...series('ERROR', bad)];
}

function callSeries(
  fleet: SyntheticFleet,
  instants: number[],
  binHours: number,
): string[] {
  return fleet.edges.map(({ client, server }, index) => {
    const values = instants.map(at => {
      let calls = 0;
      for (let back = 1; back <= binHours; back++) {
        calls += fleet.callsOf(index, at * 1_000 - back * HOUR_MS);
      }
      return `[${at},"${calls}"]`;
    });
    return `{"metric":{"client":"${client}","server":"${server}","connection_type":""},"values":[${values.join(
      ',',
    )}]}`;
  });
}
