import {
  RiCloseCircleLine,
  RiFocus2Line,
  RiHourglassLine,
} from '@remixicon/react';
import {
  AVAILABILITY_OBJECTIVE_ANNOTATION,
  type ErrorBudgetResponse,
} from 'backstage-plugin-slo-recommender-common';
import {
  Snippet,
  StateCard,
  AsOfFact,
  Fact,
  FactList,
  SimulatedFact,
  stateIcon,
  type Tone,
} from '../ui';
import type { Analysed } from '../service';
import { formatRatio, formatWindow, verdictWords } from '../words';

function state(budget: ErrorBudgetResponse): { tone: Tone; words: string } {
  if (budget.asOf === null)
    return { tone: 'neutral', words: 'not analysed yet' };
  const { verdict } = budget;
  if (verdict !== 'invalid' && verdict !== 'insufficient') {
    return { tone: 'neutral', words: 'budget unknown' };
  }
  return {
    tone: verdict === 'invalid' ? 'negative' : 'neutral',
    words: verdictWords[verdict],
  };
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

/** What is said of a budget that is not known, and with which sign. */
function stateCardOf({ verdict, objective }: ErrorBudgetResponse) {
  if (verdict === 'invalid') {
    return {
      icon: <RiCloseCircleLine />,
      title: 'The SLI itself is wrong: the budget is unknown',
    };
  }
  return objective === null
    ? {
        icon: <RiFocus2Line />,
        title: 'Without an objective there is no error budget',
      }
    : {
        icon: <RiHourglassLine />,
        title: 'How much of the budget is spent is unknown',
      };
}

/** Why there is no budget to show, and what would give one. */
export function UnknownBudget(props: {
  budget: Analysed<ErrorBudgetResponse>;
}) {
  const { budget } = props;
  return (
    <StateCard {...stateCardOf(budget)}>
      {budget.reasons.map(reason => (
        <p key={reason.code}>{reason.message}</p>
      ))}
      {budget.verdict !== 'invalid' && budget.objective === null && (
        <>
          <p>
            Nothing is promised and nothing can be recommended yet. To promise
            an objective, write it into the catalog file of this entity:
          </p>
          <Snippet
            label="annotation"
            code={`${AVAILABILITY_OBJECTIVE_ANNOTATION}: '99.9'`}
          />
        </>
      )}
      <UnknownBudgetFacts budget={budget} asOf={budget.asOf} />
    </StateCard>
  );
}
