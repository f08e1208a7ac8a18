/**
 * Servers that answer like Prometheus, for tests and benchmarks of what reads from it.
 *
 * @packageDocumentation
 */
export { serveFleet, type Fault } from './fleetServer';
export { startScriptedServer, type ScriptedServer } from './scriptedServer';
export { spread, SyntheticFleet } from './syntheticFleet';
