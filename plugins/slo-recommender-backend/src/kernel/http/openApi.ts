import { z } from 'zod';
import packageJson from '../../package.json';
import type { Route } from './route';

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output') => {
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

function operation(route: Route) {
  const pathParameters = [...route.path.matchAll(/:(\w+)/g)].map(
    ([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    }),
  );
  const queryParameters = Object.entries(route.query?.shape ?? {}).map(
    ([name, schema]) => ({
      name,
      in: 'query',
      required: false,
      schema: jsonSchema(schema, 'input'),
    }),
  );
  return {
    operationId: route.operationId,
    summary: route.summary,
    parameters: [...pathParameters, ...queryParameters],
    ...(route.body && {
      requestBody: {
        content: {
          'application/json': { schema: jsonSchema(route.body, 'input') },
        },
      },
    }),
    responses: {
      [route.status]: {
        description: 'Success',
        content: {
          'application/json': { schema: jsonSchema(route.response, 'output') },
        },
      },
      400: errorResponse('The request cannot be used; the message says why.'),
      401: errorResponse('No or no valid credentials.'),
      403: errorResponse('A permission is missing.'),
      404: errorResponse('Not there, or not visible to the caller.'),
    },
  };
}

/** The OpenAPI 3.1 document of the routes, generated from their schemas. */
export function openApiDocument(routes: Route[]) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operation(route) };
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
