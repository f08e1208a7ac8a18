import type {
  HttpAuthService,
  HttpRouterService,
} from '@backstage/backend-plugin-api';
import Router from 'express-promise-router';
import type { SloRecommenderConfig } from '../config/readSloRecommenderConfig';
import type { FigureReaders } from '../Feature';
import type { Metrics } from './Metrics';

/** Scrapes within this time share one reading, so that no scraper can keep the database busy. */
const SHARED_MS = 5_000;

/** Longest wait for the database: the other metrics are worth the most while it does not answer. */
const READING_MS = 3_000;

/** Whose credentials each policy accepts. */
const PRINCIPALS = {
  service: ['service'],
  authenticated: ['user', 'service'],
  public: ['none', 'user', 'service'],
} as const;

/** Serves `GET /metrics`, in the text format of Prometheus, to those that the configuration names. */
export function mountMetrics(options: {
  access: SloRecommenderConfig['metrics']['access'];
  figures: FigureReaders;
  httpAuth: HttpAuthService;
  httpRouter: HttpRouterService;
  metrics: Metrics;
}): void {
  const { access, figures, httpAuth, httpRouter, metrics } = options;
  if (access === 'off') return;
  let reading: Promise<unknown> | undefined;
  let readAtMs = -Infinity;

  const read = async (name: string) => {
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<never>((_, reject) => {
      timer = setTimeout(reject, READING_MS, new Error('no answer in time'));
    });
    try {
      await Promise.race([figures[name](metrics), tooLong]);
      metrics.figuresRead(name, true);
    } catch {
      metrics.figuresRead(name, false);
    } finally {
      clearTimeout(timer);
    }
  };

  const readAll = () => {
    if (performance.now() - readAtMs >= SHARED_MS) {
      readAtMs = performance.now();
      metrics.forgetFigures();
      reading = Promise.all(Object.keys(figures).map(read));
    }
    return reading;
  };

  metrics.watchProcess();
  const router = Router();
  router.get('/metrics', async (req, res) => {
    await httpAuth.credentials(req, { allow: [...PRINCIPALS[access]] });
    await readAll();
    res.set('Cache-Control', 'no-store');
    res.type(metrics.contentType).send(await metrics.render());
  });
  httpRouter.use(router);
  if (access === 'public') {
    httpRouter.addAuthPolicy({ path: '/metrics', allow: 'unauthenticated' });
  }
}
