// The only door through which benchmarks and end-to-end tests reach into this package; no part of what is published.
export { studyHistory } from './recommendations/service/studyHistory';
export { studyLatency } from './recommendations/service/studyLatency';
export { readSloRecommenderConfig } from './kernel/config/readSloRecommenderConfig';
export { Cycles } from './dependencies/Cycles';
export { DependencyReports } from './dependencies/DependencyReports';
export { Graph } from './dependencies/graph/Graph';
export { openDatabase } from './kernel/database/database';
export { Metrics } from './kernel/metrics/Metrics';
export { parseBody } from './kernel/http/parseBody';
export { DependenciesService } from './dependencies/DependenciesService';
export { createFeatures } from './features';
export type { CatalogEntity } from './kernel/CatalogEntity';
export { type DeclaredDependency, EntityStore } from './catalog';
export { readEntity } from './catalog/readEntity';
export { CycleStore } from './dependencies/store/CycleStore';
export { DependencyStore } from './dependencies/store/DependencyStore';
export { TelemetrySources } from './telemetry';
export { FleetFetch } from './telemetry/__testUtils__/FleetFetch';
