export { backendWith, refusal } from './answers';
export {
  checkoutEntity,
  entityRoutes,
  renderInPortal,
  renderOnEntity,
} from './renderInPortal';
export * from './responses';
