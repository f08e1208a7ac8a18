export { analysesRoutes } from './analyses';
export { dependenciesRoutes } from './dependencies';
export { errorBudgetRoutes } from './errorBudget';
export { recommendationsRoutes } from './recommendations';
export { servicesRoutes } from './services';
