export { FLEET_MODELS, SLOW_REQUESTS } from './models';
export type { FleetModel } from './FleetModel';
export {
  DAILY_REQUESTS,
  DAYS_BETWEEN_INCIDENTS,
  SIMULATION_START_MS,
  simulateService,
} from './simulateService';
export {
  LOOKBACK_DAYS,
  ORIGINS,
  simulateFleet,
  trialsAt,
  WINDOW_DAYS,
  type Trial,
} from './origins';
export { logNormal, logUniform, poisson } from './variates';
export { foresee } from './foresee';
