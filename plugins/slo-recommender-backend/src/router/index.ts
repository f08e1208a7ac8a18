export { analysesRoutes } from './analyses';
export { dependenciesRoutes } from './dependencies';
export { recommendationsRoutes } from './recommendations';
export { servicesRoutes } from './services';
