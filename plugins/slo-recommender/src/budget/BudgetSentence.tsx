import { Figure, Quantity } from '../pieces';
import {
  formatCount,
  formatMinutes,
  formatNearInstant,
  formatQuantity,
  formatRemaining,
  formatShare,
  formatWindow,
  wholeRequests,
} from '../words';
import type { KnownBudget } from './knownBudget';

function Outlook(props: { budget: KnownBudget }) {
  const { budget } = props;
  if (budget.remaining <= 0) {
    const allowed = wholeRequests(budget.budgetRequests);
    return (
      <>
        {' '}
        {formatQuantity(budget.badRequests, 'request')} failed where{' '}
        {allowed === 0 ? 'not even one' : formatCount(allowed)} may.
      </>
    );
  }
  const lastDay = budget.burnRates.find(({ window }) =>
    ['P1D', 'PT24H'].includes(window),
  );
  if (lastDay?.rate === null) {
    return <> How fast it goes is unknown: the last day has no requests.</>;
  }
  if (budget.exhaustedAt === null) {
    return <> At the pace of the last day it outlasts the window.</>;
  }
  return (
    <>
      {' '}
      At the pace of the last day it lasts until{' '}
      <Figure>{formatNearInstant(budget.exhaustedAt)}</Figure>.
    </>
  );
}

/** What is left of the budget, and until when it lasts. */
export function BudgetSentence(props: { budget: KnownBudget }) {
  const { budget } = props;
  const { remaining, budgetMinutes, budgetRequests } = budget;
  if (remaining < 0) {
    return (
      <>
        <Figure>The budget is {formatRemaining(remaining)}</Figure> in{' '}
        {formatWindow(budget.window)}.
        <Outlook budget={budget} />
      </>
    );
  }
  return (
    <>
      <Figure>{formatShare(remaining)} of the budget is left</Figure>:{' '}
      <Quantity>{formatMinutes(budgetMinutes * remaining)}</Quantity> of{' '}
      <Quantity>{formatMinutes(budgetMinutes)}</Quantity>, or{' '}
      <Quantity>
        {formatCount(wholeRequests(budgetRequests * remaining))} of{' '}
        {formatQuantity(wholeRequests(budgetRequests), 'failed request')}
      </Quantity>{' '}
      over {formatWindow(budget.window)}.
      <Outlook budget={budget} />
    </>
  );
}
