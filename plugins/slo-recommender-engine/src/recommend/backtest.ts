import { QUANTILE_LEVELS, type PastForecast } from '../backtest';
import {
  attainmentOf,
  predictedFor,
  stratumThen,
  type FleetEvidence,
} from '../calibrate';
import { keepsObjective, OBJECTIVE_LADDER } from '../sli';
import { isSupported } from './curve';
import { TIER_ATTAINMENT } from './tiers';

/** A past window, and what would have been recommended for it from what was known before it began. */
export interface BacktestWindow {
  fromMs: number;
  toMs: number;
  requests: number;
  bad: number;
  /** Good share of the requests. */
  achieved: number;
  /** Days of history that the prediction had, and requests of a window as they were before it. */
  historyDays: number;
  usualRequests: number;
  /** Whether the fleet showed enough windows by then to calibrate the prediction. */
  calibrated: boolean;
  /** Calibrated P(meet) at the rungs of the ladder, as it would have been said. */
  attainments: number[];
  /** Balanced objective that would have been recommended, and its P(meet); null where none. */
  recommended: number | null;
  attainment: number | null;
  /** Whether the window kept it; null where nothing would have been recommended. */
  kept: boolean | null;
  /** Calibrated probability of at most as many failures as came, in [0, 1]. */
  pit: number;
  /** Unavailability that would have been said not to be exceeded with 90 %. */
  p90: number;
}

/** Judges past windows by what would have been recommended for each: nothing in it is from later. */
export function backtest(
  replay: readonly PastForecast[],
  fleet: FleetEvidence | null,
  windowMs: number,
): BacktestWindow[] {
  return replay.map(past => {
    const stratum = stratumThen(fleet, past, windowMs);
    const attainments = past.attainments.map(
      predicted => attainmentOf(stratum, predicted).attainment,
    );
    let rung = OBJECTIVE_LADDER.length - 1;
    while (
      rung >= 0 &&
      !(
        attainments[rung] >= TIER_ATTAINMENT.balanced &&
        isSupported(past.goodRequests, OBJECTIVE_LADDER[rung])
      )
    ) {
      rung--;
    }
    const recommended = rung < 0 ? null : OBJECTIVE_LADDER[rung];
    return {
      fromMs: past.originMs,
      toMs: past.toMs,
      requests: past.requests,
      bad: past.bad,
      achieved: (past.requests - past.bad) / past.requests,
      historyDays: past.historyDays,
      usualRequests: past.usualRequests,
      calibrated: stratum !== null,
      attainments,
      recommended,
      attainment: rung < 0 ? null : attainments[rung],
      kept:
        recommended === null
          ? null
          : keepsObjective(past.bad, past.requests, recommended),
      pit: attainmentOf(stratum, past.pit).attainment,
      p90: quantileAt(past, stratum ? predictedFor(stratum, 0.9) : 0.9),
    };
  });
}

/** A quantile of a past prediction, linear between those kept, and of a Pareto law of index 1 beyond. */
function quantileAt({ quantiles }: PastForecast, level: number): number {
  const last = QUANTILE_LEVELS.length - 1;
  if (level >= QUANTILE_LEVELS[last]) {
    const rarity = (1 - QUANTILE_LEVELS[last]) / Math.max(1e-9, 1 - level);
    return Math.min(1, quantiles[last] * rarity);
  }
  const above = QUANTILE_LEVELS.findIndex(known => known > level);
  if (above <= 0) {
    return quantiles[0];
  }
  const from = QUANTILE_LEVELS[above - 1];
  const share = (level - from) / (QUANTILE_LEVELS[above] - from);
  return (
    quantiles[above - 1] + share * (quantiles[above] - quantiles[above - 1])
  );
}

/** How predictions did: the scores of past windows. Null where there is none. */
export interface Scores {
  /** Mean squared difference of P(meet) and outcome over windows and rungs, in [0, 1] (Brier 1950). */
  brierScore: number | null;
  /** Mean pinball loss of the 90 % quantile, in shares of requests (Koenker and Bassett 1978). */
  pinballLoss: number | null;
}

/** Adds up the scores of windows. */
export class ScoreSum {
  #windows = 0;
  #squares = 0;
  #loss = 0;

  add({ attainments, bad, requests, p90 }: BacktestWindow): void {
    this.#windows++;
    for (let rung = 0; rung < attainments.length; rung++) {
      const kept = keepsObjective(bad, requests, OBJECTIVE_LADDER[rung]);
      this.#squares += ((kept ? 1 : 0) - attainments[rung]) ** 2;
    }
    const miss = bad / requests - p90;
    this.#loss += miss > 0 ? 0.9 * miss : -0.1 * miss;
  }

  scores(): Scores {
    const windows = this.#windows;
    return windows === 0
      ? { brierScore: null, pinballLoss: null }
      : {
          brierScore: this.#squares / (windows * OBJECTIVE_LADDER.length),
          pinballLoss: this.#loss / windows,
        };
  }
}

export function scoresOf(windows: readonly BacktestWindow[]): Scores {
  const sum = new ScoreSum();
  windows.forEach(window => sum.add(window));
  return sum.scores();
}
