export { backendWith, refusal } from './answers';
export { mockCanvas } from './canvas';
export * from './dependencies';
export {
  checkoutEntity,
  entityRoutes,
  renderInPortal,
  renderOnEntity,
} from './renderInPortal';
export * from './responses';
