import type {
  Recommendation,
  Tier,
} from 'backstage-plugin-slo-recommender-common';
import type { ReactNode } from 'react';
import { Figure, Quantity } from '../../ui';
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
  formatQuantity,
  formatShare,
  formatDate,
  formatKnownWindow,
  formatRatioBounds,
} from '../../words';
import { comparablePromise } from '../comparablePromise';
import { promiseBounds } from '../promiseBounds';

/** What is known of a promise whose probability is not: bounds from the histogram where its threshold is no boundary. */
function UnmeasuredPromise(props: {
  recommendation: Recommendation;
  window: string;
  /** What is promised. */
  children: ReactNode;
}) {
  const { recommendation, window, children } = props;
  const bounds = promiseBounds(recommendation);
  if (!bounds) {
    return (
      <>
        Whether today’s promise of {children} can be kept cannot be told from
        the data.
      </>
    );
  }
  if (bounds.leastAttainment !== null) {
    return (
      <>
        Today’s promise of {children} is kept with{' '}
        <Quantity>
          at least {formatProbabilityInWords(bounds.leastAttainment)}{' '}
          probability
        </Quantity>
        , as its threshold lies above a boundary of the histogram at which it
        is.
      </>
    );
  }
  const { historyDays } = recommendation.dataQuality;
  const last = `over the last ${formatKnownWindow(window, historyDays)}`;
  return (
    <>
      {bounds.kept === null ? (
        <>
          Whether today’s promise of {children} was kept {last} cannot be told:
        </>
      ) : (
        <>
          Today’s promise of {children} was {bounds.kept ? 'kept' : 'broken'}{' '}
          {last}:
        </>
      )}{' '}
      <Quantity>{formatRatioBounds(bounds)}</Quantity> of requests were that
      fast
      {bounds.from < bounds.to &&
        ', and no boundary of the histogram says it more exactly'}
      .
    </>
  );
}

/** Says where an answer rests on other services, or has not been tested on this one; nothing where it has. */
function Basis(props: { recommendation: Recommendation }) {
  const { borrowed, level } = props.recommendation;
  if (borrowed) {
    const { ownWeight, peers, peerGroup, sufficientAt } = borrowed;
    return (
      <>
        {' '}
        This is borrowed: its own data weigh {formatShare(ownWeight)}, the rest
        comes from {formatQuantity(peers, 'peer')}: {peerGroup}.{' '}
        {sufficientAt
          ? `It will have enough data of its own from ${formatDate(
              sufficientAt,
            )} if traffic stays as it is.`
          : 'When it will have enough data of its own is not known.'}
      </>
    );
  }
  switch (level) {
    case 'conjecture':
      return <> This is a conjecture: predicted, and not tested yet.</>;
    case 'inference':
      return (
        <>
          {' '}
          This is inferred from the service’s own history, and tested on other
          services only.
        </>
      );
    default:
      return null;
  }
}

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

/** What to promise, how sure it is and on what basis, and how today's promise compares. */
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
        <Basis recommendation={recommendation} />
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
      <Basis recommendation={recommendation} />
    </>
  );
}
