// The only door through which benchmarks and end-to-end tests reach into this package; no part of what is published.
export { studyHistory } from './analysis/service/studyHistory';
export { studyLatency } from './analysis/service/studyLatency';
export { readSloRecommenderConfig } from './kernel/config/readSloRecommenderConfig';
export { Cycles, DependencyReports, Graph } from './graph';
export { openDatabase } from './kernel/database/database';
export { parseYielding } from './kernel/http/parseYielding';
export { DependenciesReader } from './read';
export { SloRecommenderService } from './SloRecommenderService';
export {
  type CatalogEntity,
  CycleStore,
  type DeclaredDependency,
  DependencyStore,
  EntityStore,
} from './store';
export { TelemetrySources } from './telemetry';
export { FleetFetch } from './telemetry/__testUtils__/FleetFetch';
