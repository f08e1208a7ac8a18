import { RiFocus2Line } from '@remixicon/react';
import {
  AsOfFact,
  CompletenessFact,
  Fact,
  FactList,
  SimulatedFact,
} from '../pieces';
import { formatRatio, formatWindow } from '../words';
import { BudgetStateFact } from './BudgetStateFact';
import type { KnownBudget } from './knownBudget';

const sources = {
  promised: 'promised today',
  recommended: 'recommended, nothing is promised',
  requested: 'as asked for',
};

/** State, objective and evidence of a budget. */
export function BudgetFacts(props: { budget: KnownBudget; asOf: string }) {
  const { budget, asOf } = props;
  return (
    <FactList label="Objective and evidence">
      <BudgetStateFact budget={budget} />
      {budget.datasource?.simulated && <SimulatedFact />}
      <Fact icon={<RiFocus2Line />}>
        objective {formatRatio(budget.objective)} over rolling{' '}
        {formatWindow(budget.window)}
        {budget.objectiveSource && `, ${sources[budget.objectiveSource]}`}
      </Fact>
      <CompletenessFact completeness={budget.completeness} />
      <AsOfFact asOf={asOf} />
    </FactList>
  );
}
