export { prometheusTelemetrySourceFactory } from './factory';
