import type {
  AuditorService,
  AuthService,
  BackstageCredentials,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, NotAllowedError, toError } from '@backstage/errors';
import {
  type AuthorizePermissionRequest,
  AuthorizeResult,
  isResourcePermission,
} from '@backstage/plugin-permission-common';
import { SERVICE_PATH } from 'backstage-plugin-slo-recommender-common';
import express, { type Request, type Response } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import type { CatalogEntity } from '../CatalogEntity';
import { checkAnswer, ReadyAnswer } from './answers';
import { hideSql } from '../database/databaseFailures';
import type { Metrics } from '../metrics/Metrics';
import { openApiDocument } from './openApi';
import { parseBody } from './parseBody';
import { type Parsed, parseYielding } from './parseYielding';
import type { RateLimits } from './RateLimits';
import type { Route } from './route';
import { TooManyRequestsError } from './TooManyRequestsError';

export interface RouterServices {
  auditor: AuditorService;
  auth: AuthService;
  httpAuth: HttpAuthService;
  limits: Pick<RateLimits, 'count'>;
  metrics: Pick<Metrics, 'requestAnswered'>;
  permissions: PermissionsService;
  /** @throws NotFoundError if there is no such service, or the caller may not read it. */
  requireService(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<CatalogEntity>;
}

/** Counts a request once its answer has ended: the status of an error is only decided after the route. */
const measured =
  (
    operationId: string,
    metrics: RouterServices['metrics'],
  ): express.RequestHandler =>
  (_req, res, next) => {
    const beganAtMs = performance.now();
    res.once('close', () => {
      metrics.requestAnswered(
        operationId,
        res.writableFinished ? String(res.statusCode) : 'aborted',
        (performance.now() - beganAtMs) / 1_000,
      );
    });
    next();
  };

/** The REST API under `/api/slo-recommender`. */
export function createRouter(
  routes: Route[],
  services: RouterServices,
): express.Router {
  const router = Router();
  router.use((req, _res, next) => {
    // PostgreSQL cannot hold it, so nothing here can bear such a name
    if (req.url.includes('%00')) {
      throw new InputError('The URL contains a NUL character; leave it out.');
    }
    next();
  });
  for (const route of routes) {
    router[route.operation.method](
      route.operation.path,
      measured(route.operation.operationId, services.metrics),
      createHandler(route, services),
    );
  }
  const document = openApiDocument(routes.map(({ operation }) => operation));
  router.get('/v1/openapi.json', (_, res) => {
    res.json(document);
  });
  const prepareError: express.ErrorRequestHandler = (error, _, res, next) => {
    if (error instanceof TooManyRequestsError) {
      res.set('Retry-After', String(error.retryAfterSeconds));
    }
    next(hideSql(error));
  };
  router.use(prepareError);
  return router;
}

const noFields = z.strictObject({});

const entityRefIn = ({ kind, namespace, name }: Request['params']) =>
  stringifyEntityRef({ kind, namespace, name });

/** A report can be of a whole fleet: the log gets the lengths of its lists. */
const withoutLists = (body: object) =>
  Object.fromEntries(
    Object.entries(body).map(([field, value]) => [
      field,
      Array.isArray(value) ? `${value.length} items` : value,
    ]),
  );

/** Admits the caller, parses the request, calls the route's handler and checks its answer. */
function createHandler({ operation, handle }: Route, services: RouterServices) {
  const { auditor, auth, httpAuth, limits, permissions, requireService } =
    services;
  const { permission, audit, body: bodySchema, response } = operation;
  const readText = express.text({
    type: () => true,
    limit: operation.bodyLimit ?? '1mb',
  });

  /** @throws NotAllowedError naming the permission that the caller lacks, and the service that it was asked for. */
  async function requirePermission(
    { params }: Request,
    credentials: BackstageCredentials,
  ): Promise<void> {
    if (!permission) return;
    const request: AuthorizePermissionRequest = isResourcePermission(permission)
      ? { permission, resourceRef: entityRefIn(params) }
      : { permission };
    const [decision] = await permissions.authorize([request], { credentials });
    if (decision.result === AuthorizeResult.ALLOW) return;
    throw new NotAllowedError(
      request.resourceRef === undefined
        ? `This needs the permission ${permission.name}. Ask those who run the portal.`
        : `This needs the permission ${permission.name} on '${request.resourceRef}'. Ask the owner of the service, or those who run the portal.`,
    );
  }

  async function readBody(req: Request, res: Response) {
    if (!bodySchema) return undefined;
    if (req.is('application/json') === false) {
      throw new InputError(
        'The body must be JSON: send Content-Type: application/json.',
      );
    }
    await new Promise<void>((resolve, reject) => {
      readText(req, res, error => (error ? reject(error) : resolve()));
    });
    // without a body, this is an empty object
    const text: unknown = req.body;
    const json = typeof text === 'string' && text !== '' ? text : '{}';
    return requireParsed(await parseBody(bodySchema, json), 'body');
  }

  return async (req: Request, res: Response) => {
    const credentials = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    const caller = callerName(auth, credentials);
    const { kind, namespace, name, ...ids } = req.params;
    const entityRef = operation.path.startsWith(SERVICE_PATH)
      ? entityRefIn(req.params)
      : undefined;
    const beginAudit = async (body: object | undefined) =>
      audit &&
      auditor.createEvent({
        eventId: audit.eventId,
        severityLevel: audit.severityLevel,
        request: req,
        meta: {
          actionType: audit.actionType,
          ...(entityRef !== undefined && { entityRef }),
          ...ids,
          ...(body && withoutLists(body)),
        },
      });

    try {
      await requirePermission(req, credentials);
      await limits.count(operation.operationId, caller);
    } catch (error) {
      const refusal = await beginAudit(undefined);
      await refusal?.fail({ error: toError(error) });
      throw error;
    }
    const query = requireParsed(
      await parseYielding(operation.query ?? noFields, req.query),
      'query',
    );
    const body = await readBody(req, res);
    const event = await beginAudit(body);
    let answer: unknown;
    try {
      const service =
        entityRef === undefined
          ? undefined
          : await requireService(entityRef, credentials);
      const input = { ...ids, service, query, body, credentials, caller };
      answer = await handle(input);
    } catch (error) {
      await event?.fail({ error: toError(error) });
      throw error;
    }
    await event?.success();
    if (operation.method === 'get') {
      // kept by the caller alone, who asks each time whether it still holds
      res.set('Cache-Control', 'private, no-cache');
    }
    if (answer instanceof ReadyAnswer) {
      res.set('ETag', answer.etag).type('json');
      if (req.fresh) res.status(304).end();
      else res.send(await answer.json());
      return;
    }
    res
      .status(operation.status ?? 200)
      .json(await checkAnswer(response, answer));
  };
}

/** Longest text about one field of a request: it can contain names from the request. */
const MOST_CHARACTERS = 300;

/** @throws InputError naming the fields of this part of a request that are wrong, up to the first few. */
function requireParsed<T extends z.ZodObject>(
  result: Parsed<T>,
  part: string,
): z.output<T> {
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

function callerName(
  auth: AuthService,
  credentials: BackstageCredentials,
): string {
  if (auth.isPrincipal(credentials, 'user')) {
    return credentials.principal.userEntityRef;
  }
  return auth.isPrincipal(credentials, 'service')
    ? credentials.principal.subject
    : 'unknown';
}
