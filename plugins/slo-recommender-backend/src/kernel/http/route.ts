import type {
  AuditorService,
  AuditorServiceEventSeverityLevel,
  BackstageCredentials,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { InputError, toError } from '@backstage/errors';
import {
  isResourcePermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import express, { type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import { parseYielding } from '../kernel/http/parseYielding';
import { entityRefOf } from './entityRefOf';
import { requirePermission } from './requirePermission';

/** What a handler works with: parsed and checked input, and who asks. */
export interface RouteInput<Query, Body> {
  params: Record<string, string>;
  query: Query;
  body: Body;
  credentials: BackstageCredentials;
}

/** How calls of an operation appear in the audit log. */
export interface RouteAudit {
  eventId: string;
  severityLevel: AuditorServiceEventSeverityLevel;
  actionType: string;
}

export interface RouteServices {
  auditor: AuditorService;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
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
  mount(router: Router, services: RouteServices): void;
}

interface RouteDefinition<
  Query extends z.ZodObject,
  Body extends z.ZodObject,
  Answer extends z.ZodType,
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
  response: Answer;
  /** Asked for before the body is read. One on an entity is asked for on the entity in the path. */
  permission?: Permission;
  audit?: RouteAudit;
  handle(
    input: RouteInput<z.output<Query>, z.output<Body>>,
  ): Promise<z.input<Answer>>;
}

const noFields = z.strictObject({});

/** Most values of a body beyond its lists, and of each item of a list. */
const MOST_VALUES = 200;

/** Longest text about one field of a request: it can contain names from the request. */
const MOST_CHARACTERS = 300;

/**
 * Parses one part of a request.
 *
 * @throws InputError naming the fields that are wrong, up to the first few.
 */
async function parse<T extends z.ZodObject>(
  schema: T,
  value: unknown,
  part: string,
): Promise<z.output<T>> {
  const result = await parseYielding(schema, value, { maxValues: MOST_VALUES });
  if (result.success) return result.data;
  const issues = result.issues.map(issue =>
    `${issue.path.join('.') || part}: ${issue.message}`.slice(
      0,
      MOST_CHARACTERS,
    ),
  );
  if (result.hasMore) issues.push('and others');
  throw new InputError(`The ${part} cannot be used: ${issues.join('; ')}`);
}

/** @throws ZodError for an answer that is not what the operation promises. */
async function check(response: z.ZodType, answer: unknown): Promise<unknown> {
  if (!(response instanceof z.ZodObject)) return response.parse(answer);
  const result = await parseYielding(response, answer);
  if (result.success) return result.data;
  throw new z.ZodError(result.issues);
}

/** What the audit log says of a request, apart from its body. */
function auditMeta({ actionType }: RouteAudit, params: Record<string, string>) {
  const { kind, namespace, name, ...others } = params;
  return {
    actionType,
    ...(kind && { entityRef: entityRefOf(params) }),
    ...others,
  };
}

/** Ties an operation's description to its handler; answers are checked against the schema before they leave. */
export function defineRoute<
  Answer extends z.ZodType,
  Query extends z.ZodObject = typeof noFields,
  Body extends z.ZodObject = typeof noFields,
>(definition: RouteDefinition<Query, Body, Answer>): Route {
  const { method, path, handle, response, permission, audit } = definition;
  const status = definition.status ?? 200;
  const querySchema: z.ZodObject = definition.query ?? noFields;
  const bodySchema: z.ZodObject = definition.body ?? noFields;
  const json = express.json({ limit: definition.bodyLimit ?? '1mb' });
  const readBody = (req: Request, res: Response) =>
    new Promise<unknown>((resolve, reject) =>
      json(req, res, error => (error ? reject(error) : resolve(req.body))),
    );
  return {
    method,
    path,
    operationId: definition.operationId,
    summary: definition.summary,
    query: definition.query,
    body: definition.body,
    status,
    response,
    mount(router, { auditor, httpAuth, permissions }) {
      const authorise = async (
        { params }: Request,
        credentials: BackstageCredentials,
      ) => {
        if (!permission) return;
        await requirePermission(
          permissions,
          isResourcePermission(permission)
            ? { permission, resourceRef: entityRefOf(params) }
            : { permission },
          credentials,
        );
      };
      const record = async <T>(
        request: Request,
        body: object,
        act: () => Promise<T>,
      ): Promise<T> => {
        if (!audit) return act();
        const event = await auditor.createEvent({
          eventId: audit.eventId,
          severityLevel: audit.severityLevel,
          request,
          meta: { ...auditMeta(audit, request.params), ...body },
        });
        let result: T;
        try {
          result = await act();
        } catch (error) {
          await event.fail({ error: toError(error) });
          throw error;
        }
        await event.success();
        return result;
      };
      router[method](path, async (req: Request, res) => {
        const credentials = await httpAuth.credentials(req, {
          allow: ['user', 'service'],
        });
        await authorise(req, credentials).catch(error =>
          record(req, {}, () => Promise.reject(error)),
        );
        const query = await parse(querySchema, req.query, 'query');
        const given = method === 'get' ? {} : await readBody(req, res);
        const body = await parse(bodySchema, given ?? {}, 'body');
        const answer = await record(req, body, () =>
          handle({
            params: req.params,
            query: query as z.output<Query>,
            body: body as z.output<Body>,
            credentials,
          }),
        );
        res.status(status).json(await check(response, answer));
      });
    },
  };
}
