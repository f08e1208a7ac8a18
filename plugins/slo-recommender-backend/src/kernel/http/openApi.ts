import type { Operation } from 'backstage-plugin-slo-recommender-common';
import { z } from 'zod';
import packageJson from '../../../package.json';

const jsonSchema = (schema: z.core.$ZodType, io: 'input' | 'output') => {
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    io,
    target: 'draft-2020-12',
    unrepresentable: 'any',
  });
  return rest;
};

const errorResponse = (description: string) => ({
  description,
  content: {
    'application/json': {
      schema: {
        type: 'object',
        required: ['error'],
        properties: {
          error: {
            type: 'object',
            required: ['name', 'message'],
            properties: {
              name: { type: 'string' },
              message: { type: 'string' },
            },
          },
        },
      },
    },
  },
});

const TOO_MANY_REQUESTS = {
  ...errorResponse('The caller asks for too much; the message says of what.'),
  headers: {
    'Retry-After': {
      description: 'Seconds after which to ask again.',
      schema: { type: 'integer', minimum: 1 },
    },
  },
};

const isRequired = (schema: z.core.$ZodType, absent: unknown) =>
  !z.safeParse(schema, absent).success;

function parametersOf({ path, query }: Operation) {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const inQuery = Object.entries(query?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: isRequired(schema, undefined),
    schema: jsonSchema(schema, 'input'),
  }));
  return [...inPath, ...inQuery];
}

function errorsOf({ path, body, callsPerMinute, errors = [] }: Operation) {
  return {
    400: errorResponse('The request cannot be used; the message says why.'),
    401: errorResponse('No or no valid credentials.'),
    403: errorResponse('A permission is missing.'),
    ...(path.includes(':') && {
      404: errorResponse('Not there, or not visible to the caller.'),
    }),
    ...(errors.includes(409) && {
      409: errorResponse('The current state does not allow it.'),
    }),
    ...(callsPerMinute !== undefined && { 429: TOO_MANY_REQUESTS }),
    ...(body && {
      413: errorResponse('The body is too large.'),
      415: errorResponse('The charset or encoding of the body is unknown.'),
    }),
    default: errorResponse('Portal, catalog or database failed.'),
  };
}

function describeOperation(operation: Operation) {
  const { method, operationId, summary, body, status, response } = operation;
  return {
    operationId,
    summary,
    parameters: parametersOf(operation),
    ...(body && {
      requestBody: {
        required: isRequired(body, {}),
        content: { 'application/json': { schema: jsonSchema(body, 'input') } },
      },
    }),
    responses: {
      [status ?? 200]: {
        description: 'Success',
        content: {
          'application/json': { schema: jsonSchema(response, 'output') },
        },
      },
      ...(method === 'get' && {
        304: { description: 'Unchanged since the ETag in If-None-Match.' },
      }),
      ...errorsOf(operation),
    },
  };
}

/** The OpenAPI 3.1 document of the operations. */
export function openApiDocument(operations: readonly Operation[]) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = {
      ...paths[path],
      [operation.method]: describeOperation(operation),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'SLO Recommender',
      version: packageJson.version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description:
        'Ratios are fractions in [0, 1], instants are ISO 8601 in UTC, durations are ISO 8601.',
    },
    servers: [{ url: '/api/slo-recommender' }],
    security: [{ backstage: [] }],
    paths,
    components: {
      securitySchemes: {
        backstage: {
          type: 'http',
          scheme: 'bearer',
          description:
            "A Backstage user or service token, or one of the portal's static external-access tokens.",
        },
      },
    },
  };
}
