export { FrontierPanel } from './FrontierPanel';
export { LatencyFacts } from './LatencyFacts';
export { NoLatency } from './NoLatency';
