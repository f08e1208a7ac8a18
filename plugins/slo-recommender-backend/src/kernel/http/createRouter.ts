import type {
  AuditorService,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type express from 'express';
import Router from 'express-promise-router';
import type { AnalysisQueue } from '../analysis';
import type { DependencyReports } from '../graph';
import type { GraphReader, SloReader } from '../read';
import { analysesRoutes } from './analyses';
import { cyclesRoutes } from './cycles';
import { dependenciesRoutes } from './dependencies';
import { errorBudgetRoutes } from './errorBudget';
import { eventsRoutes } from './events';
import { exclusionsRoutes } from './exclusions';
import { fleetRoutes } from './fleet';
import { openApiDocument } from './openApi';
import { recommendationsRoutes } from './recommendations';
import { servicesRoutes } from './services';

/** The REST API under `/api/slo-recommender`. */
export function createRouter(options: {
  reader: SloReader;
  graphReader: GraphReader;
  reports: DependencyReports;
  queue: AnalysisQueue;
  auditor: AuditorService;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
}): express.Router {
  const {
    reader,
    graphReader,
    reports,
    queue,
    auditor,
    httpAuth,
    permissions,
  } = options;
  const routes = [
    ...servicesRoutes(reader),
    ...recommendationsRoutes(reader),
    ...errorBudgetRoutes(reader),
    ...dependenciesRoutes({ reader, reports }),
    ...eventsRoutes(reader),
    ...exclusionsRoutes(reader),
    ...fleetRoutes({ reader, graphReader }),
    ...cyclesRoutes(graphReader),
    ...analysesRoutes({ reader, queue }),
  ];
  const router = Router();
  router.use((req, _res, next) => {
    // PostgreSQL cannot hold it, so nothing here can bear such a name
    if (req.url.includes('%00')) {
      throw new InputError('The URL contains a NUL character; leave it out.');
    }
    if (req.is('application/json') === false) {
      throw new InputError(
        'The body must be JSON: send Content-Type: application/json.',
      );
    }
    next();
  });
  routes.forEach(route =>
    route.mount(router, { auditor, httpAuth, permissions }),
  );
  const document = openApiDocument(routes);
  router.get('/v1/openapi.json', (_, res) => {
    res.json(document);
  });
  return router;
}
