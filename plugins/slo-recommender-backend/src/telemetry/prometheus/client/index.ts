export { PrometheusClient } from './PrometheusClient';
export type { Answer } from './queries';
export { PrometheusRequestError } from './PrometheusRequestError';
export type { MatrixSeries } from './answers';
export { REACTIONS } from './reactions';
export type { RequestBudget } from './RequestGate';
