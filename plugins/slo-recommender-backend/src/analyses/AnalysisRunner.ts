import type { Knex } from 'knex';
import {
  ANALYSIS_STAGES,
  type AnalysisContext,
  type AnalysisStep,
} from '../kernel/tasks/analysis';
import type { Lease, LeaseStore } from '../kernel/tasks/LeaseStore';
import type { Analysis, AnalysisStore } from './AnalysisStore';

/** Share of publishing, beside those of the steps. */
const PUBLISHING_SHARE = 1;

export interface AnalysisRunnerOptions {
  database: Knex;
  analyses: AnalysisStore;
  leases: LeaseStore;
  /** In the order of the slices that add them. */
  steps: readonly AnalysisStep[];
  now: () => Date;
}

/** Carries out one analysis: runs the steps of all slices, and publishes what they found in one transaction. */
export class AnalysisRunner {
  readonly #options: AnalysisRunnerOptions;

  constructor(options: AnalysisRunnerOptions) {
    this.#options = options;
  }

  /** @throws AnalysisFailure saying why nothing could be published. */
  async run(
    analysis: Analysis,
    lease: Lease,
    signal: AbortSignal,
  ): Promise<void> {
    const { analyses, database, leases, now } = this.#options;
    const context: AnalysisContext = {
      id: analysis.id,
      // one that another clock ordered may be as of an instant that has not come
      asOf: new Date(Math.min(Date.parse(analysis.asOf), now().getTime())),
      entityRefs: analysis.entityRefs,
      signal,
      services: 0,
    };
    const work = this.#options.steps.filter(
      step => step.stage !== 'publish' && step.stage !== 'finish',
    );
    const allShares = work.reduce(
      (sum, { share }) => sum + share,
      PUBLISHING_SHARE,
    );
    const report = (
      share: number,
      shown: Pick<Analysis, 'phase' | 'backfill'>,
    ) =>
      analyses.setProgress(context.id, {
        ...shown,
        progress: share / allShares,
        services: context.services,
      });
    let finished = 0;
    for (const stage of ANALYSIS_STAGES) {
      for (const step of work.filter(one => one.stage === stage)) {
        signal.throwIfAborted();
        const before = finished;
        await step.run(context, (done, shown) =>
          report(
            before + done * step.share,
            shown ?? { phase: step.name, backfill: null },
          ),
        );
        finished += step.share;
      }
    }

    await report(finished, { phase: 'Publishing', backfill: null });
    await database.transaction(async tx => {
      await leases.renew(lease, tx);
      for (const step of this.#options.steps) {
        if (step.stage === 'publish') await step.run(context, tx);
      }
      await analyses.complete(context.id, context.services, now(), tx);
    });
    for (const step of this.#options.steps) {
      if (step.stage === 'finish') await step.run(context);
    }
  }
}
