import { RiFocus2Line } from '@remixicon/react';
import type { ErrorBudgetResponse } from 'backstage-plugin-slo-recommender-common';
import {
  AsOfFact,
  Fact,
  FactList,
  SimulatedFact,
  stateIcon,
  type Tone,
} from '../pieces';
import { formatRatio, formatWindow, verdictWords } from '../words';

function state(budget: ErrorBudgetResponse): { tone: Tone; words: string } {
  if (budget.asOf === null)
    return { tone: 'neutral', words: 'not analysed yet' };
  switch (budget.verdict) {
    case 'invalid':
      return { tone: 'negative', words: verdictWords.invalid };
    case 'insufficient':
      return { tone: 'neutral', words: verdictWords.insufficient };
    default:
      return { tone: 'neutral', words: 'budget unknown' };
  }
}

/** State, promise and evidence of a service whose budget is unknown. */
export function UnknownBudgetFacts(props: {
  budget: ErrorBudgetResponse;
  /** Left out where the age of the evidence is not shown. */
  asOf?: string;
}) {
  const { budget, asOf } = props;
  const { tone, words } = state(budget);
  return (
    <FactList label="State and evidence">
      <Fact tone={tone} icon={stateIcon(tone)}>
        {words}
      </Fact>
      {budget.datasource?.simulated && <SimulatedFact />}
      {budget.objective !== null && budget.objectiveSource === 'promised' && (
        <Fact icon={<RiFocus2Line />}>
          {formatRatio(budget.objective)} promised over{' '}
          {formatWindow(budget.window)}
        </Fact>
      )}
      {asOf && <AsOfFact asOf={asOf} />}
    </FactList>
  );
}
