import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError, ServiceUnavailableError } from '@backstage/errors';
import type { z } from 'zod';
import { type Operation, SERVICE_PATH } from '../operation';
import { operations } from '../operations';

type PathArguments<Path extends string> =
  Path extends `${typeof SERVICE_PATH}${infer Rest}`
    ? [entityRef: string, ...PathArguments<Rest>]
    : Path extends `${string}/:id${string}`
      ? [id: string]
      : [];

type InputArguments<O extends Operation> =
  O extends Operation<string, infer Query, infer Body>
    ? Body extends z.ZodObject
      ? Record<never, never> extends z.input<Body>
        ? [body?: z.input<Body>]
        : [body: z.input<Body>]
      : string extends keyof z.output<Query>
        ? []
        : [query?: Partial<z.output<Query>>]
    : never;

/**
 * What a frontend, a module or a script can ask of SLO Recommender. A method takes the entity reference and the id in the
 * operation's path, if there are any, then its body or query. It rejects with a ResponseError for an answer that reports
 * an error, and with a ServiceUnavailableError if there is no answer or one that cannot be used.
 */
export type SloRecommenderApi = {
  [Name in keyof typeof operations]: (
    ...args: [
      ...PathArguments<(typeof operations)[Name]['path']>,
      ...InputArguments<(typeof operations)[Name]>,
    ]
  ) => Promise<z.output<(typeof operations)[Name]['response']>>;
};

export interface SloRecommenderClientOptions {
  discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  fetchApi: { fetch: typeof fetch };
}

/** Typed client of the REST API under `/api/slo-recommender`. Its methods are those of the table of operations. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging
export class SloRecommenderClient {
  constructor(options: SloRecommenderClientOptions) {
    for (const [name, operation] of Object.entries(operations)) {
      Object.assign(this, {
        [name]: (...args: unknown[]) => call(options, operation, args),
      });
    }
  }
}
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging
export interface SloRecommenderClient extends SloRecommenderApi {}

const json = (body: unknown) => ({
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

/** Issues of an answer that an error names. */
const MOST_ISSUES = 3;

async function call(
  { discoveryApi, fetchApi }: SloRecommenderClientOptions,
  operation: Operation,
  args: unknown[],
): Promise<unknown> {
  const { path, input } = fillPath(operation.path, args);
  const baseUrl = await discoveryApi.getBaseUrl('slo-recommender');
  const [url, init] = operation.body
    ? [`${baseUrl}${path}`, json(input ?? {})]
    : [`${baseUrl}${path}${searchOf(input)}`, {}];
  const method = operation.method.toUpperCase();
  const response = await fetchApi
    .fetch(url, method === 'GET' ? init : { method, ...init })
    .catch(error => {
      throw new ServiceUnavailableError(
        'The backend of SLO Recommender cannot be reached',
        error,
      );
    });
  if (!response.ok) throw await ResponseError.fromResponse(response);
  const answer: unknown = await response.json().catch(() => undefined);
  const result = operation.response.safeParse(answer);
  if (result.success) return result.data;
  const issues = result.error.issues.slice(0, MOST_ISSUES);
  throw new ServiceUnavailableError(
    `The answer to ${method} ${path} cannot be used: ${
      answer === undefined
        ? 'it is not JSON'
        : issues
            .map(issue => [issue.path.join('.'), issue.message].join(': '))
            .join('; ')
    }. Frontend and backend may have different versions: reload the page, or ask those who run the portal.`,
  );
}

/** Puts the first arguments into the path; the one after them is the input. */
function fillPath(
  template: string,
  args: unknown[],
): { path: string; input: unknown } {
  const left = [...args];
  const path = template
    .replace(SERVICE_PATH, () => servicePath(String(left.shift())))
    .replace(/:\w+/g, () => encodeURIComponent(String(left.shift())));
  return { path, input: left.shift() };
}

function servicePath(entityRef: string): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  return `/v1/services/${[kind, namespace, name]
    .map(part => encodeURIComponent(part.toLocaleLowerCase('en-US')))
    .join('/')}`;
}

function searchOf(query: unknown): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) {
      search.append(key, String(one));
    }
  }
  return search.size ? `?${search}` : '';
}
