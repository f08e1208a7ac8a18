import {
  RiCloseCircleLine,
  RiFocus2Line,
  RiHourglassLine,
} from '@remixicon/react';
import {
  AVAILABILITY_OBJECTIVE_ANNOTATION,
  type ErrorBudgetResponse,
} from 'backstage-plugin-slo-recommender-common';
import { Snippet, StateCard } from '../pieces';
import { UnknownBudgetFacts } from './UnknownBudgetFacts';

/** Why there is no budget to show, and what would give one. */
export function UnknownBudget(props: {
  budget: ErrorBudgetResponse;
  asOf: string;
}) {
  const { budget, asOf } = props;
  const reasons = budget.reasons.map(reason => (
    <p key={reason.code}>{reason.message}</p>
  ));
  const facts = <UnknownBudgetFacts budget={budget} asOf={asOf} />;
  if (budget.verdict === 'invalid') {
    return (
      <StateCard
        icon={<RiCloseCircleLine />}
        title="The SLI itself is wrong: the budget is unknown"
      >
        {reasons}
        {facts}
      </StateCard>
    );
  }
  if (budget.objective === null) {
    return (
      <StateCard
        icon={<RiFocus2Line />}
        title="Without an objective there is no error budget"
      >
        {reasons}
        <p>
          Nothing is promised and nothing can be recommended yet. To promise an
          objective, write it into the catalog file of this entity:
        </p>
        <Snippet
          label="annotation"
          code={`${AVAILABILITY_OBJECTIVE_ANNOTATION}: '99.9'`}
        />
        {facts}
      </StateCard>
    );
  }
  return (
    <StateCard
      icon={<RiHourglassLine />}
      title="How much of the budget is spent is unknown"
    >
      {reasons}
      {facts}
    </StateCard>
  );
}
