import { operations } from 'backstage-plugin-slo-recommender-common';
import type { AnalysisQueue } from './AnalysisQueue';
import { defineRoute } from '../kernel/http/route';
import type { StatusReader } from './StatusReader';
import type { Visibility } from '../read';

export const analysesRoutes = (options: {
  queue: AnalysisQueue;
  status: StatusReader;
  visibility: Visibility;
}) => [
  defineRoute(operations.analyze, async ({ body, credentials }) => {
    const { asOf, entityRefs } = body;
    const readable =
      entityRefs &&
      (await options.visibility.readable(entityRefs, credentials));
    const id = await options.queue.add({
      trigger: 'request',
      asOf: asOf === undefined ? undefined : new Date(asOf),
      entityRefs,
      mayRead: readable && (entityRef => readable.has(entityRef)),
    });
    return { id };
  }),
  defineRoute(operations.getAnalysis, ({ id }) =>
    options.status.getAnalysis(id),
  ),
  defineRoute(operations.getStatus, () => options.status.getStatus()),
];
