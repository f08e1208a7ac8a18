import type { Permission } from '@backstage/plugin-permission-common';
import type { z } from 'zod';

/** Path of a service; operations below it are about that service. `:ref` in the documentation. */
export const SERVICE_PATH = '/v1/services/:kind/:namespace/:name';

/** How calls of an operation appear in the audit log. */
export interface OperationAudit {
  eventId: string;
  severityLevel: 'low' | 'medium' | 'high' | 'critical';
  actionType: string;
}

/** One operation of the API. The client, the route, its guards and the OpenAPI document all follow from it. */
export interface Operation<
  Path extends string = string,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodObject | undefined = z.ZodObject | undefined,
  Response extends z.ZodType = z.ZodType,
> extends Definition<Query, Body, Response> {
  /** A `get` changes nothing. */
  method: 'get' | 'post';
  operationId: string;
  /** Path in Express's notation, for example `/v1/analyze/:id`. */
  path: Path;
}

interface Definition<
  Query extends z.ZodObject,
  Body extends z.ZodObject | undefined,
  Response extends z.ZodType,
> {
  summary: string;
  query?: Query;
  body?: Body;
  /** Largest body, for example `32mb`; 1 MB unless given. */
  bodyLimit?: string;
  /** 200 unless given. */
  status?: 202;
  response: Response;
  /**
   * Required of the caller before the body is read. A permission with a resource type is required on the service in the
   * path.
   */
  permission?: Permission;
  audit?: OperationAudit;
  /** Marks an expensive operation: calls of one caller in a minute, unless the configuration says otherwise. */
  callsPerMinute?: number;
  /** Error statuses that do not follow from the rest. */
  errors?: readonly 409[];
}

/** Returns a function that types an operation of the method by what it takes and returns. */
const operation =
  (method: Operation['method']) =>
  <
    const Path extends string,
    Response extends z.ZodType,
    Query extends z.ZodObject = z.ZodObject<Record<never, never>>,
    Body extends z.ZodObject | undefined = undefined,
  >(
    operationId: string,
    path: Path,
    definition: Definition<Query, Body, Response>,
  ): Operation<Path, Query, Body, Response> => ({
    method,
    operationId,
    path,
    ...definition,
  });

export const get = operation('get');
export const post = operation('post');
