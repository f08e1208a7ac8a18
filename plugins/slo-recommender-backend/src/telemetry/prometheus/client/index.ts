export { PrometheusClient, type Answer } from './PrometheusClient';
export { PrometheusRequestError } from './PrometheusRequestError';
export type { MatrixSeries } from './answers';
export { REACTIONS } from './reactions';
export type { RequestBudget } from './RequestGate';
