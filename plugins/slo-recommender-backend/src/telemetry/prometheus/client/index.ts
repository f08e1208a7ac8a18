export { PrometheusClient, type Answer } from './PrometheusClient';
export { PrometheusRequestError } from './PrometheusRequestError';
export type { MatrixSeries } from './answers';
