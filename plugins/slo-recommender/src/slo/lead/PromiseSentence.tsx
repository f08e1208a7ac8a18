import type {
  Recommendation,
  Tier,
} from 'backstage-plugin-slo-recommender-common';
import { Figure, Quantity } from '../../pieces';
import {
  badName,
  formatBudgetRequests,
  formatMinutes,
  formatObjective,
  formatProbabilityInWords,
  formatRatio,
  formatSeconds,
  formatWindow,
  wholeRequests,
} from '../../words';
import { comparablePromise } from '../comparablePromise';
import { Footing } from './Footing';
import { UnmeasuredPromise } from './UnmeasuredPromise';

function PromisedToday(props: {
  recommendation: Recommendation;
  window: string;
}) {
  const { recommendation, window } = props;
  const { promised, tiers } = recommendation;
  if (!promised) return <> Nothing is promised today.</>;
  const { objective, attainment } = promised;
  const comparable = comparablePromise(recommendation) !== null;
  const words = (
    <>
      <Quantity>{formatRatio(objective)}</Quantity>
      {!comparable &&
        promised.thresholdSeconds !== undefined &&
        ` of requests faster than ${formatSeconds(promised.thresholdSeconds)}`}
    </>
  );
  if (comparable && objective === tiers.balanced?.objective) {
    return <> It is what is promised today.</>;
  }
  if (attainment === null) {
    return (
      <>
        {' '}
        <UnmeasuredPromise recommendation={recommendation} window={window}>
          {words}
        </UnmeasuredPromise>
      </>
    );
  }
  return (
    <>
      {' '}
      Today’s promise of {words} is kept with{' '}
      <Quantity>{formatProbabilityInWords(attainment)} probability</Quantity>
      {comparable && tiers.balanced && objective < tiers.balanced.objective
        ? ': there is room for more.'
        : '.'}
    </>
  );
}

/** What a tier allows: minutes of outage where that means something, and requests. */
function Budget(props: { tier: Tier; recommendation: Recommendation }) {
  const { tier, recommendation } = props;
  const { sliType } = recommendation;
  if (wholeRequests(tier.budgetRequests) === 0) {
    return (
      <>
        one {badName(sliType)} request would break it, at the traffic expected.
      </>
    );
  }
  const requests = (
    <Quantity>{formatBudgetRequests(tier.budgetRequests, sliType)}</Quantity>
  );
  return sliType === 'availability' ? (
    <>
      <Quantity>{formatMinutes(tier.budgetMinutes)}</Quantity>, or {requests},
      of budget.
    </>
  ) : (
    <>{requests} of budget.</>
  );
}

/** What to promise, how sure it is and on what footing, and how today's promise compares. */
export function PromiseSentence(props: {
  recommendation: Recommendation;
  window: string;
}) {
  const { recommendation, window } = props;
  const { balanced, aggressive } = recommendation.tiers;
  const span = formatWindow(window);
  if (!balanced) {
    return (
      <>
        No objective considered is kept over {span} with{' '}
        <Figure>90&nbsp;% probability</Figure>.
        {aggressive && (
          <>
            {' '}
            The nearest is{' '}
            <Quantity>{formatRatio(aggressive.objective)}</Quantity> with{' '}
            <Quantity>
              {formatProbabilityInWords(aggressive.attainment)}
            </Quantity>
            .
          </>
        )}
        <PromisedToday recommendation={recommendation} window={window} />
        <Footing recommendation={recommendation} />
      </>
    );
  }
  return (
    <>
      Promise{' '}
      <Figure>{formatObjective(balanced.objective, recommendation)}</Figure>{' '}
      over {span}. With{' '}
      <Figure>
        {formatProbabilityInWords(balanced.attainment)} probability
      </Figure>{' '}
      the next window keeps it:{' '}
      <Budget tier={balanced} recommendation={recommendation} />
      <PromisedToday recommendation={recommendation} window={window} />
      <Footing recommendation={recommendation} />
    </>
  );
}
