import {
  foresee,
  type FleetModel,
  ORIGINS,
  simulateFleet,
  type Trial,
  trialsAt,
} from './fleet';
import { type Forecast, FORESIGHT, METHODS, rankedValue } from './methods';
import { judge, type Judged } from './scores';

const SERVICES = 1_000;
const SEED = 20_240_617;
/** Of the ages, apart from the seeds of all services. */
const AGES_SEED = SEED + 1_000_000;

/** A method that may look at more than a product can. */
interface Measured {
  name: string;
  forecast(trials: readonly Trial[]): (Forecast | null)[];
}

/** What could be said by one who knows how the fleet is simulated: a bound for the others, and no method. */
const foresight = (model: FleetModel): Measured => ({
  name: FORESIGHT,
  forecast: trials =>
    trials.map(trial => {
      const shares = foresee(model, trial);
      return { quantile: probability => rankedValue(shares, probability) };
    }),
});

/** How one method did on one fleet. */
export interface MethodResult {
  method: Measured;
  judged: Judged[];
  abstained: number;
}

/** How all methods did on one fleet. */
export interface FleetResult {
  model: FleetModel;
  methods: MethodResult[];
}

/** Forecasts of all methods for 1,000 services at four origins, each made from what was known at its origin alone. */
export function measureFleet(model: FleetModel): FleetResult {
  const fleet = simulateFleet(model, SERVICES, SEED);
  const measured: Measured[] = [...METHODS, foresight(model)];
  const methods: MethodResult[] = measured.map(method => ({
    method,
    judged: [],
    abstained: 0,
  }));
  for (let origin = 0; origin < ORIGINS; origin++) {
    const trials = trialsAt(origin, fleet, AGES_SEED);
    for (const result of methods) {
      const forecasts = result.method.forecast(trials);
      trials.forEach((trial, i) => {
        const forecast = forecasts[i];
        if (forecast) result.judged.push(judge(forecast, trial));
        else result.abstained++;
      });
    }
  }
  return { model, methods };
}
