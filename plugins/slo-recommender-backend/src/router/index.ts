export { analysesRoutes } from './analyses';
export { recommendationsRoutes } from './recommendations';
export { servicesRoutes } from './services';
