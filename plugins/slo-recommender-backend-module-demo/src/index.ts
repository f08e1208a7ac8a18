/**
 * The simulated company of SLO Recommender.
 *
 * @packageDocumentation
 */
export { sloRecommenderModuleDemo as default } from './module';
export { SimulatedCompany, type SimulatedCompanyOptions } from './simulation';
export {
  SimulatedTelemetrySource,
  type SimulatedTelemetrySourceOptions,
} from './SimulatedTelemetrySource';
export * from './openmetrics';
