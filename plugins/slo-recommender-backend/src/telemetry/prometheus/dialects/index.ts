export * from './types';
export {
  DURATION_METRICS,
  durationHistogramsOf,
  type DurationHistogram,
} from './durations';
export { ISTIO_REQUESTS, istioCounter, istioNames, REPORTERS } from './istio';
export {
  SERVICE_GRAPH_EDGE_LABELS,
  SERVICE_GRAPH_FAILURES,
  SERVICE_GRAPH_REQUESTS,
  serviceGraphCounter,
} from './serviceGraph';
export { REQUEST_METRICS, resolveDialects, type Inventory } from './resolve';
export { spellings } from './spellings';
