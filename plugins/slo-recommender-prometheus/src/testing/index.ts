/**
 * Servers that answer like Prometheus and a source that repeats failed requests at once, for tests and benchmarks of
 * what reads from it.
 *
 * @packageDocumentation
 */
export { createSource } from './createSource';
export { serveFleet, type Fault } from './fleetServer';
export {
  type Script,
  type ScriptedServer,
  startScriptedServer,
} from './scriptedServer';
export { spread, SyntheticFleet } from './syntheticFleet';
