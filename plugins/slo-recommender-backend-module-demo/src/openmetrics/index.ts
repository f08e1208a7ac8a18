export { writeOpenMetrics, type OpenMetricsOptions } from './writeOpenMetrics';
