export { areSidesSwapped, chooseSide, swapSides } from './chooseSide';
export {
  fetchLatencies,
  type EdgeLatencies,
  type LatencyAnswer,
} from './fetchLatencies';
export { findLatencyHistograms, LATENCY_METRICS } from './histograms';
