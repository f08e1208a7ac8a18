import {
  analysisCreatePermission,
  analysisResponseSchema,
  analyzeRequestSchema,
  analyzeResponseSchema,
  statusResponseSchema,
} from 'backstage-plugin-slo-recommender-common';
import type { AnalysisQueue } from '../analysis';
import type { SloReader } from '../read';
import { defineRoute } from './route';

export const analysesRoutes = (options: {
  reader: SloReader;
  queue: AnalysisQueue;
}) => [
  defineRoute({
    method: 'post',
    path: '/v1/analyze',
    operationId: 'analyze',
    summary: 'Orders an analysis as of an instant.',
    body: analyzeRequestSchema,
    status: 202,
    response: analyzeResponseSchema,
    permission: analysisCreatePermission,
    handle: async ({ body, credentials }) => {
      const readable =
        body.entityRefs &&
        (await options.reader.readable(body.entityRefs, credentials));
      const id = await options.queue.add({
        trigger: 'request',
        asOf: body.asOf === undefined ? undefined : new Date(body.asOf),
        entityRefs: body.entityRefs,
        mayRead: readable && (entityRef => readable.has(entityRef)),
      });
      return { id };
    },
  }),
  defineRoute({
    method: 'get',
    path: '/v1/analyze/:id',
    operationId: 'getAnalysis',
    summary: 'How far an analysis is.',
    response: analysisResponseSchema,
    handle: ({ params }) => options.reader.getAnalysis(params.id),
  }),
  defineRoute({
    method: 'get',
    path: '/v1/status',
    operationId: 'getStatus',
    summary: 'Datasources, the analysis that readers see, and the one at work.',
    response: statusResponseSchema,
    handle: () => options.reader.getStatus(),
  }),
];
