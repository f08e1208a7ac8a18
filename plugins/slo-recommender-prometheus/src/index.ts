/**
 * A telemetry source of SLO Recommender: Prometheus and everything with its HTTP API.
 *
 * @packageDocumentation
 */
export { prometheusTelemetrySourceFactory } from './PrometheusTelemetrySource';
