import type { SloRecommenderApi } from 'backstage-plugin-slo-recommender-common';
import { ServiceBoundary } from '../service';
import { BudgetView } from './BudgetView';
import { knownBudget } from './knownBudget';
import { UnknownBudget } from './UnknownBudget';

const load = (api: SloRecommenderApi, entityRef: string) =>
  api.getErrorBudget(entityRef);

/** The Error budget tab of an entity: how much is left, how fast it goes, and how it went before. */
export function ErrorBudgetTab() {
  return (
    <ServiceBoundary awaited="the error budget" load={load}>
      {response => {
        const budget =
          response.verdict === 'invalid' ? null : knownBudget(response);
        return budget ? (
          <BudgetView budget={budget} asOf={response.asOf} />
        ) : (
          <UnknownBudget budget={response} asOf={response.asOf} />
        );
      }}
    </ServiceBoundary>
  );
}
