import { createRandom, DAY_MS } from 'backstage-plugin-slo-recommender-engine';
import type { FleetModel } from './FleetModel';
import type { Trial } from './origins';
import {
  DAYS_BETWEEN_INCIDENTS,
  SIMULATION_START_MS,
  weekly,
} from './simulateService';
import { exponential, normal, poisson } from './variates';

/** The k-th of 299 lies at k / 300, so that the ranks of all tiers are whole. */
const REPLICATES = 299;
const SEED = 19_630_115;

/**
 * Sorted shares of bad requests of the next window, drawn by one who knows how the fleet is simulated and all of the
 * service but its incident rate, its present noise and the future: of the rate there are the incidents seen, so that
 * it is Gamma distributed a posteriori. Nobody who sees counts alone can know as much.
 */
export function foresee(model: FleetModel, trial: Trial): Float64Array {
  const { service, historyDays, incidentsSeen, asOfMs, windowMs } = trial;
  const { baseRatio, deviation, correlation, step } = service;
  const random = createRandom(SEED);
  const asOfDay = (asOfMs - SIMULATION_START_MS) / DAY_MS;
  const days = windowMs / DAY_MS;
  const weights = Array.from({ length: days }, (_, i) => weekly(asOfDay + i));
  const weight = weights.reduce((sum, one) => sum + one, 0);
  const requests = service.requestsPerDay * weight;
  const level = baseRatio * (step && step.day < asOfDay ? step.factor : 1);
  const fresh = Math.sqrt(1 - correlation ** 2);

  const drawWindow = () => {
    let bad = 0;
    let noise = normal(random);
    for (let day = 0; day < days; day++) {
      noise = correlation * noise + fresh * model.innovation(random);
      bad += weights[day] * Math.min(1, level * Math.exp(deviation * noise));
    }
    let rate = 0;
    for (let i = 0; i <= incidentsSeen; i++) {
      rate += exponential(random, 1 / (DAYS_BETWEEN_INCIDENTS + historyDays));
    }
    for (let count = poisson(random, rate * days); count > 0; count--) {
      const first = Math.floor(random() * days);
      const severity = Math.min(1, model.severity(random));
      const end = Math.min(days, first + model.incidentDays(random));
      for (let day = first; day < end; day++) bad += weights[day] * severity;
    }
    const share = Math.min(1, bad / weight);
    return Math.min(1, poisson(random, share * requests) / requests);
  };
  return Float64Array.from({ length: REPLICATES }, drawWindow).sort();
}
