import type { Verdict } from 'backstage-plugin-slo-recommender-common';
import type { Knex } from 'knex';

/** What the analysis that readers see says of a service, in figures. */
export interface PublishedResult {
  entityRef: string;
  asOf: string;
  verdict: Verdict;
  achieved: number | null;
  recommendedObjective: number | null;
  budgetRemaining: number | null;
}

/** The results that readers see, of all services at once. */
export class PublishedResultStore {
  readonly #db: Knex;

  constructor(db: Knex) {
    this.#db = db;
  }

  async list(): Promise<PublishedResult[]> {
    return this.#db('analysis_results')
      .whereIn('analysis_id', this.#db('snapshots').select('analysis_id'))
      .select<PublishedResult[]>({
        entityRef: 'entity_ref',
        asOf: 'as_of',
        verdict: 'verdict',
        achieved: 'achieved',
        recommendedObjective: 'recommended_objective',
        budgetRemaining: 'budget_remaining',
      });
  }
}
