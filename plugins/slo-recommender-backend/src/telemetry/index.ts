import type { Feature, Kernel } from '../kernel/Feature';
import { retentionTask } from '../kernel/tasks/retentionTask';
import { DataQualityStore } from './DataQualityStore';
import { DatasourceStatuses } from './DatasourceStatuses';
import { DatasourceStatusStore } from './DatasourceStatusStore';
import { FetchedCallsStore } from './FetchedCallsStore';
import { fetchTelemetry, type WithNames } from './FetchedTelemetry';
import { HourlyHistoryStore } from './history/HourlyHistoryStore';
import type { TelemetrySources } from './TelemetrySources';
import { TelemetrySync } from './TelemetrySync';

export { DataQualityStore } from './DataQualityStore';
export { DatasourceStatuses } from './DatasourceStatuses';
export { DatasourceStatusStore, NEVER_ASKED } from './DatasourceStatusStore';
export { FetchedTelemetry, fetchedTelemetry } from './FetchedTelemetry';
export { AVAILABILITY_COUNTS, isPlausibleCount } from './history/countsCodec';
export { LATENCY_HISTOGRAMS } from './history/histogramsCodec';
export {
  type FoldedKind,
  foldedKind,
  FoldedNames,
  foldedTitle,
} from './FoldedNames';
export type { SeenCalls } from './FetchedCallsStore';
export { HourlyHistoryStore } from './history/HourlyHistoryStore';
export { readSloSeries } from './readSloSeries';
export { type Datasource, TelemetrySources } from './TelemetrySources';
export { type DatasourceOutcome, TelemetrySync } from './TelemetrySync';

/** What datasources know of services, fetched by every analysis and stored. */
export interface Telemetry extends Feature {
  dataQuality: DataQualityStore;
  history: HourlyHistoryStore;
  statuses: DatasourceStatuses;
  statusStore: DatasourceStatusStore;
  sync: TelemetrySync;
}

export function createTelemetry(
  kernel: Kernel,
  options: { sources: TelemetrySources; withNames: WithNames },
): Telemetry {
  const { config, database } = kernel;
  const dataQuality = new DataQualityStore(database);
  const history = new HourlyHistoryStore(database);
  const statusStore = new DatasourceStatusStore(database);
  const statuses = new DatasourceStatuses(options.sources, statusStore);
  const sync = new TelemetrySync({
    ...kernel,
    ...options,
    dataQuality,
    history,
    fetchedCalls: new FetchedCallsStore(database),
    statuses: statusStore,
  });
  return {
    dataQuality,
    history,
    statuses,
    statusStore,
    sync,
    analysisSteps: [fetchTelemetry({ ...kernel, ...options, sync })],
    figures: {
      datasources: async metrics =>
        metrics.setDatasources(await statuses.list()),
    },
    tasks: [
      retentionTask(
        'hourly-history',
        now =>
          history.deleteAskedBefore(
            new Date(now.getTime() - config.historyRetentionMs),
          ),
        kernel,
      ),
    ],
  };
}
