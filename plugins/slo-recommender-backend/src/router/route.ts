import type {
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import express, { type Request, type Router } from 'express';
import { z } from 'zod';
import { parseYielding } from '../kernel/http/parseYielding';

/** What a handler works with: parsed and checked input, and who asks. */
export interface RouteInput<Query, Body> {
  params: Record<string, string>;
  query: Query;
  body: Body;
  credentials: BackstageCredentials;
  /** As it came, for the audit log. */
  request: Request;
}

/** One operation of the API: how it is called, what it takes and answers, and how it is described to others. */
export interface Route {
  method: 'get' | 'post';
  /** Path in Express's notation, for example `/v1/analyze/:id`. */
  path: string;
  operationId: string;
  summary: string;
  query?: z.ZodObject;
  body?: z.ZodObject;
  status: 200 | 202;
  response: z.ZodType;
  mount(router: Router, httpAuth: HttpAuthService): void;
}

interface RouteDefinition<
  Query extends z.ZodObject,
  Body extends z.ZodObject,
  Response extends z.ZodType,
> {
  method: Route['method'];
  path: string;
  operationId: string;
  summary: string;
  query?: Query;
  body?: Body;
  /** Largest body, `1mb` unless given. */
  bodyLimit?: string;
  status?: Route['status'];
  response: Response;
  handle(
    input: RouteInput<z.output<Query>, z.output<Body>>,
  ): Promise<z.input<Response>>;
}

const noFields = z.strictObject({});

/**
 * Parses one part of a request.
 *
 * @throws InputError naming every field that is wrong.
 */
async function parse<T extends z.ZodObject>(
  schema: T,
  value: unknown,
  part: string,
): Promise<z.output<T>> {
  const result = await parseYielding(schema, value);
  if (result.success) return result.data;
  throw new InputError(
    `The ${part} cannot be used: ${result.issues
      .map(issue => `${issue.path.join('.') || part}: ${issue.message}`)
      .join('; ')}`,
  );
}

/** @throws ZodError for an answer that is not what the operation promises. */
async function check(response: z.ZodType, answer: unknown): Promise<unknown> {
  if (!(response instanceof z.ZodObject)) return response.parse(answer);
  const result = await parseYielding(response, answer);
  if (result.success) return result.data;
  throw new z.ZodError(result.issues);
}

/** Ties an operation's description to its handler; answers are checked against the schema before they leave. */
export function defineRoute<
  Response extends z.ZodType,
  Query extends z.ZodObject = typeof noFields,
  Body extends z.ZodObject = typeof noFields,
>(definition: RouteDefinition<Query, Body, Response>): Route {
  const { method, path, handle, response, status = 200 } = definition;
  const querySchema: z.ZodObject = definition.query ?? noFields;
  const bodySchema: z.ZodObject = definition.body ?? noFields;
  return {
    method,
    path,
    operationId: definition.operationId,
    summary: definition.summary,
    query: definition.query,
    body: definition.body,
    status,
    response,
    mount(router, httpAuth) {
      const parseBody = express.json({ limit: definition.bodyLimit ?? '1mb' });
      router[method](path, parseBody, async (req: Request, res) => {
        const credentials = await httpAuth.credentials(req, {
          allow: ['user', 'service'],
        });
        const answer = await handle({
          params: req.params,
          query: (await parse(
            querySchema,
            req.query,
            'query',
          )) as z.output<Query>,
          body: (await parse(
            bodySchema,
            req.body ?? {},
            'body',
          )) as z.output<Body>,
          credentials,
          request: req,
        });
        res.status(status).json(await check(response, answer));
      });
    },
  };
}
