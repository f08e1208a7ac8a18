import type { FleetModel } from './FleetModel';
import {
  exponential,
  heavyNormal,
  logNormal,
  logUniform,
  normal,
  pareto,
  uniform,
} from './variates';

const standard: FleetModel = {
  name: 'standard',
  description:
    'Log-normal noise of the failure ratio, incidents within a day, log-normal severity.',
  baseRatio: 4e-4,
  autocorrelation: [0, 0.8],
  innovation: normal,
  severity: random => logNormal(random, Math.log(0.006), 1.3),
  incidentDays: () => 1,
  step: () => null,
};

const heavyTails: FleetModel = {
  ...standard,
  name: 'heavier tails',
  description:
    'Student noise with 4 degrees of freedom, Pareto severity of index 1 from 0.6 % of a day on.',
  innovation: heavyNormal,
  severity: random => pareto(random, 0.006),
};

const persistent: FleetModel = {
  ...standard,
  name: 'stronger autocorrelation',
  description:
    'Autocorrelation of 0.9 to 0.97 from day to day, incidents that last for 3.5 days on average.',
  autocorrelation: [0.9, 0.97],
  incidentDays: random => Math.ceil(exponential(random, 3)),
};

/** Days of the lookback of the first origin, in which the steps lie: later origins see them further back. */
const STEP_DAYS = 90;

const regimeChanges: FleetModel = {
  ...standard,
  name: 'regime changes',
  description:
    'A third of the services fails 3 to 10 times more or less from some day of the first 90 on.',
  step: random => {
    if (random() >= 1 / 3) return null;
    const size = logUniform(random, 3, 10);
    return {
      day: Math.floor(uniform(random, 0, STEP_DAYS)),
      factor: random() < 0.5 ? size : 1 / size,
    };
  },
};

/** The standard fleet, told by its requests beyond a latency threshold. */
export const SLOW_REQUESTS: FleetModel = { ...standard, baseRatio: 0.01 };

/** The fleet that methods are ranked by, then those that nothing is tuned on. */
export const FLEET_MODELS: readonly FleetModel[] = [
  standard,
  heavyTails,
  persistent,
  regimeChanges,
];
