export {
  FetchedTelemetry,
  fetchedTelemetry,
  fetchTelemetry,
} from './FetchedTelemetry';
export { TelemetrySources, type Datasource } from './TelemetrySources';
export { TelemetrySync, type DatasourceOutcome } from './TelemetrySync';
export { AVAILABILITY_COUNTS, isPlausibleCount } from './history/countsCodec';
export { LATENCY_HISTOGRAMS } from './history/histogramsCodec';
export { HourlyHistoryStore } from './history/HourlyHistoryStore';
export { DataQualityStore } from './DataQualityStore';
export {
  type DatasourceState,
  DatasourceStatusStore,
} from './DatasourceStatusStore';
export { DatasourceStatuses } from './DatasourceStatuses';
export { FetchedCallsStore } from './FetchedCallsStore';
export { readSloSeries } from './readSloSeries';
