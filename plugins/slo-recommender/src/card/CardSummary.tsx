import type { ErrorBudgetResponse } from 'backstage-plugin-slo-recommender-common';
import {
  BudgetStateFact,
  knownBudget,
  type KnownBudget,
  UnknownBudgetFacts,
} from '../budget';
import { FactList, SimulatedFact } from '../pieces';
import {
  formatAdjoiningWindow,
  formatMinutes,
  formatNearInstant,
  formatRatio,
  formatRemaining,
  formatWindow,
} from '../words';
import styles from './SloCard.module.css';
import { Sparkline } from './Sparkline';

function outlook(budget: KnownBudget): string {
  if (budget.remaining <= 0) {
    return `More requests failed over the last ${formatAdjoiningWindow(
      budget.window,
    )} than the objective allows.`;
  }
  return budget.exhaustedAt
    ? `At the pace of the last day the budget lasts until ${formatNearInstant(
        budget.exhaustedAt,
      )}.`
    : `${formatMinutes(
        budget.remaining * budget.budgetMinutes,
      )} of ${formatMinutes(
        budget.budgetMinutes,
      )} are left; at the pace of the last day that outlasts the window.`;
}

function unknownWords(response: ErrorBudgetResponse): string {
  const [reason] = response.reasons;
  if (reason) return reason.message;
  if (response.asOf === null) return 'Waits for its first analysis.';
  return response.objective === null
    ? 'Nothing is promised and nothing can be recommended yet.'
    : 'How much of the budget is spent is unknown.';
}

/** Objective, what is left of its budget, how it got there, and one sentence. */
export function CardSummary(props: { budget: ErrorBudgetResponse }) {
  const { budget: response } = props;
  const budget = response.verdict === 'invalid' ? null : knownBudget(response);
  if (!budget) {
    return (
      <div className={styles.summary}>
        <p className={styles.plain}>{unknownWords(response)}</p>
        <UnknownBudgetFacts budget={response} />
      </div>
    );
  }
  const span = formatWindow(budget.window);
  return (
    <div className={styles.summary}>
      <div className={styles.figures}>
        <div>
          <p className={styles.figure}>{formatRatio(budget.objective)}</p>
          <p className={styles.caption}>
            {budget.objectiveSource === 'recommended'
              ? 'recommended'
              : 'promised'}{' '}
            over {span}
          </p>
        </div>
        <div>
          <p className={styles.figure}>{formatRemaining(budget.remaining)}</p>
          <p className={styles.caption}>
            {budget.remaining < 0 ? 'error budget' : 'of the error budget'}
          </p>
        </div>
        <Sparkline
          values={budget.burnDown.map(point => point.remaining)}
          label={`Budget over the last ${formatAdjoiningWindow(budget.window)}: ${formatRemaining(
            budget.remaining,
          )} at the end`}
        />
      </div>
      <p className={styles.plain}>{outlook(budget)}</p>
      <FactList label="State">
        <BudgetStateFact budget={budget} />
        {budget.datasource?.simulated && <SimulatedFact />}
      </FactList>
    </div>
  );
}
