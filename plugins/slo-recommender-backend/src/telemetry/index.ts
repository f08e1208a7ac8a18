export { fetchedTelemetry, fetchTelemetry } from './FetchedTelemetry';
export { TelemetrySources, type Datasource } from './TelemetrySources';
export { TelemetrySync, type DatasourceOutcome } from './TelemetrySync';
export { AVAILABILITY_COUNTS, isPlausibleCount } from './history/countsCodec';
export { LATENCY_HISTOGRAMS } from './history/histogramsCodec';
export { HourlyHistoryStore } from './history/HourlyHistoryStore';
