import {
  type ErrorBudgetResponse,
  formatRatio,
} from 'backstage-plugin-slo-recommender-common';
import { BudgetStateFact, knownBudget, type KnownBudget } from '../budget';
import { FactList, SimulatedFact } from '../pieces';
import {
  formatMinutes,
  formatNearInstant,
  formatRemaining,
  formatWindow,
} from '../words';
import styles from './SloCard.module.css';
import { Sparkline } from './Sparkline';

function outlook(budget: KnownBudget): string {
  const span = formatWindow(budget.window);
  if (budget.remaining <= 0) {
    return `More requests failed over the last ${span} than the objective allows.`;
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

/** Objective, what is left of its budget, how it got there, and one sentence. */
export function CardSummary(props: { budget: ErrorBudgetResponse }) {
  const { budget: response } = props;
  const budget = response.verdict === 'invalid' ? null : knownBudget(response);
  if (!budget) {
    return (
      <p className={styles.plain}>
        {response.reasons[0]?.message ??
          (response.asOf === null
            ? 'Waits for its first analysis.'
            : 'Nothing is promised and nothing can be recommended yet.')}
      </p>
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
          <p className={styles.caption}>of the error budget</p>
        </div>
        <Sparkline
          values={budget.burnDown.map(point => point.remaining)}
          label={`Budget over the last ${span}: ${formatRemaining(
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
