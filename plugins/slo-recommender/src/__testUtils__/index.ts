export { backendWith, refusal } from './answers';
export { calibration, noCalibration } from './calibration';
export { mockCanvas } from './canvas';
export * from './dependencies';
export {
  checkoutEntity,
  entityRoutes,
  renderInPortal,
  renderOnEntity,
} from './renderInPortal';
export * from './recommendations';
export * from './responses';
export { spaced } from './spaced';
