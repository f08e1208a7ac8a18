export { servicesRoutes } from './services';
