import { wilsonInterval } from '../../calibrate';
import { keepsObjective, OBJECTIVE_LADDER } from '../../sli';
import type { FleetWindow } from './FleetWindow';

/** Past predictions with probabilities between two values, and how many came true. */
export interface ReliabilityBin {
  from: number;
  to: number;
  /** Mean predicted probability, and share that came true with its 90 % interval. */
  predicted: number;
  observed: number;
  interval: { from: number; to: number };
  predictions: number;
}

/** Where one bin of the reliability diagram ends and the next begins: finer where promises are made. */
const BIN_BOUNDS = [
  0, 0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.92, 0.97, 0.99, 1,
];

/** The reliability diagram: what was predicted for each rung of the ladder, and whether it came true. */
export class Reliability {
  readonly #bins = BIN_BOUNDS.slice(1).map((to, i) => ({
    from: BIN_BOUNDS[i],
    to,
    predicted: 0,
    kept: 0,
    evidence: 0,
    predictions: 0,
  }));

  add({ attainments, bad, requests, evidence }: FleetWindow): void {
    for (let rung = 0; rung < OBJECTIVE_LADDER.length; rung++) {
      const predicted = attainments[rung];
      let bin = 0;
      while (predicted > this.#bins[bin].to) {
        bin++;
      }
      const found = this.#bins[bin];
      found.predicted += predicted;
      found.kept += keepsObjective(bad, requests, OBJECTIVE_LADDER[rung])
        ? 1
        : 0;
      found.evidence += evidence;
      found.predictions++;
    }
  }

  /** Least probable first; bins without predictions are left out. */
  filledBins(): ReliabilityBin[] {
    return this.#bins
      .filter(({ predictions }) => predictions > 0)
      .map(({ from, to, predicted, kept, evidence, predictions }) => ({
        from,
        to,
        predicted: predicted / predictions,
        observed: kept / predictions,
        interval: wilsonInterval(kept / predictions, evidence),
        predictions,
      }));
  }
}
