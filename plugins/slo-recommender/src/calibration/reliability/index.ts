export { ReliabilityPanel } from './ReliabilityPanel';
