export { TelemetrySources, type Datasource } from './TelemetrySources';
export { TelemetrySync, type DatasourceOutcome } from './TelemetrySync';
