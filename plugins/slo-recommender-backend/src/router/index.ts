export { analysesRoutes } from './analyses';
export { dependenciesRoutes } from './dependencies';
export { errorBudgetRoutes } from './errorBudget';
export { eventsRoutes } from './events';
export { exclusionsRoutes } from './exclusions';
export { recommendationsRoutes } from './recommendations';
export { servicesRoutes } from './services';
