import {
  RiCheckLine,
  RiCloseCircleLine,
  RiErrorWarningLine,
} from '@remixicon/react';
import type { ErrorBudgetResponse } from 'backstage-plugin-slo-recommender-common';
import type { ReactElement } from 'react';
import { Fact, type Tone } from '../ui';

const numbers = [
  'objective',
  'badRequests',
  'budgetRequests',
  'budgetMinutes',
  'remaining',
] as const;
type NumberField = (typeof numbers)[number];

/** A budget whose numbers are all there. */
export type KnownBudget = Omit<ErrorBudgetResponse, NumberField> &
  Record<NumberField, number>;

export function isKnownBudget<T extends ErrorBudgetResponse>(
  budget: T,
): budget is T & KnownBudget {
  return (
    budget.verdict !== 'invalid' && numbers.every(name => budget[name] !== null)
  );
}

type BudgetState = 'overspent' | 'at risk' | 'healthy';

/** overspent: nothing left. at risk: gone before one window has passed at the pace of the last day, or a tenth left. */
function budgetState(budget: KnownBudget): BudgetState {
  if (budget.remaining <= 0) return 'overspent';
  return budget.exhaustedAt !== null || budget.remaining < 0.1
    ? 'at risk'
    : 'healthy';
}

const states: Record<BudgetState, { tone: Tone; icon: ReactElement }> = {
  healthy: { tone: 'positive', icon: <RiCheckLine /> },
  'at risk': { tone: 'warning', icon: <RiErrorWarningLine /> },
  overspent: { tone: 'negative', icon: <RiCloseCircleLine /> },
};

/** How a budget stands, in a word. */
export function BudgetStateFact(props: { budget: KnownBudget }) {
  const state = budgetState(props.budget);
  return (
    <Fact tone={states[state].tone} icon={states[state].icon}>
      {state}
    </Fact>
  );
}
