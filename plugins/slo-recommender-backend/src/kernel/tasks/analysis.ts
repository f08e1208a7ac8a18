import type { BackfillProgress } from 'backstage-plugin-slo-recommender-common';
import type { Knex } from 'knex';

/** Stages before the results are published, in the order in which they run. */
export const ANALYSIS_STAGES = [
  'prepare',
  'fetch',
  'study',
  'learn',
  'conclude',
] as const;

/** One analysis at work. Steps leave for each other what they find as `AnalysisValue`s. */
export interface AnalysisContext {
  readonly id: string;
  readonly asOf: Date;
  /** The services that were asked for; null is every service. */
  readonly entityRefs: readonly string[] | null;
  readonly signal: AbortSignal;
  /** Number of services, as shown with the progress. */
  services: number;
}

/**
 * Shows how far a step is.
 *
 * @param done - share of the step, in [0, 1].
 * @param shown - in place of the step's own phase.
 */
export type ReportProgress = (
  done: number,
  shown?: { phase: string; backfill: BackfillProgress | null },
) => Promise<void>;

/**
 * What a slice adds to every analysis. All steps of one stage run before those of the next, within a stage in the order
 * of the slices. Those of the stage `publish` run in the one transaction that lets readers see the results, those of
 * `finish` after it.
 */
export type AnalysisStep =
  | {
      stage: (typeof ANALYSIS_STAGES)[number];
      name: string;
      /** Work relative to that of the other steps, for the progress. */
      share: number;
      run(context: AnalysisContext, report: ReportProgress): Promise<void>;
    }
  | {
      stage: 'publish';
      name: string;
      run(context: AnalysisContext, tx: Knex): Promise<void>;
    }
  | {
      stage: 'finish';
      name: string;
      run(context: AnalysisContext): Promise<void>;
    };

/** What one step finds and later ones read, of each analysis its own. */
export class AnalysisValue<T> {
  readonly #name: string;
  readonly #values = new WeakMap<AnalysisContext, { value: T }>();

  constructor(name: string) {
    this.#name = name;
  }

  set(context: AnalysisContext, value: T): void {
    this.#values.set(context, { value });
  }

  get(context: AnalysisContext): T {
    const found = this.#values.get(context);
    if (!found) throw new Error(`No step has found ${this.#name} yet.`);
    return found.value;
  }
}

/** An analysis that could not be made, for a reason that people can do something about. */
export class AnalysisFailure extends Error {}
