import {
  RiCheckLine,
  RiCloseCircleLine,
  RiErrorWarningLine,
} from '@remixicon/react';
import type { ReactElement } from 'react';
import { Fact, type Tone } from '../pieces';
import { type BudgetState, budgetState, type KnownBudget } from './knownBudget';

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
