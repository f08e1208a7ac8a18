export { SpreadPanel } from './SpreadPanel';
