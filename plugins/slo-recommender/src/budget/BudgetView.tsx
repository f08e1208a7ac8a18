import { Alert } from '@backstage/ui';
import { lazy } from 'react';
import { LazyChart } from '../charts/LazyChart';
import { Lead, Panel } from '../pieces';
import { formatRatio, formatWindow } from '../words';
import { BudgetFacts } from './BudgetFacts';
import { BudgetSentence } from './BudgetSentence';
import { BurnRateTiles } from './BurnRateTiles';
import type { KnownBudget } from './knownBudget';
import { PastWindows } from './PastWindows';

const BurnDownChart = lazy(() => import('./BurnDownChart'));

/** A budget whose numbers are known. */
export function BudgetView(props: { budget: KnownBudget; asOf: string }) {
  const { budget, asOf } = props;
  const span = formatWindow(budget.window);
  return (
    <>
      {budget.verdict === 'degraded' && (
        <Alert
          status="warning"
          icon
          title="The data behind these numbers has flaws"
          description={budget.reasons.map(reason => reason.message).join(' ')}
        />
      )}
      <Lead sentence={<BudgetSentence budget={budget} />}>
        <BudgetFacts budget={budget} asOf={asOf} />
      </Lead>
      <BurnRateTiles burnRates={budget.burnRates} />
      <Panel
        title="Budget over the window"
        description={`Share of the budget for ${span} left, as the window went on`}
      >
        <LazyChart height={300}>
          <BurnDownChart burnDown={budget.burnDown} />
        </LazyChart>
      </Panel>
      <Panel
        title="Past windows"
        description={`Whether ${formatRatio(
          budget.objective,
        )} was kept over earlier windows of ${span}`}
      >
        {budget.pastWindows.length > 0 ? (
          <PastWindows windows={budget.pastWindows} />
        ) : (
          <span>No earlier whole window is known yet.</span>
        )}
      </Panel>
    </>
  );
}
