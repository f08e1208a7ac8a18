import {
  formatRatio,
  type Recommendation,
} from 'backstage-plugin-slo-recommender-common';
import { Figure, Quantity } from '../pieces';
import {
  formatMinutes,
  formatProbabilityInWords,
  formatQuantity,
  formatWindow,
  wholeRequests,
} from '../words';

function PromisedToday(props: { recommendation: Recommendation }) {
  const { promised, tiers } = props.recommendation;
  if (!promised) return <> Nothing is promised today.</>;
  const { objective, attainment } = promised;
  if (objective === tiers.balanced?.objective) {
    return <> It is what is promised today.</>;
  }
  if (attainment === null) {
    return (
      <>
        {' '}
        Whether today’s promise of <Quantity>
          {formatRatio(objective)}
        </Quantity>{' '}
        can be kept cannot be told from the data.
      </>
    );
  }
  return (
    <>
      {' '}
      Today’s promise of <Quantity>{formatRatio(objective)}</Quantity> is kept
      with{' '}
      <Quantity>{formatProbabilityInWords(attainment)} probability</Quantity>
      {tiers.balanced && objective < tiers.balanced.objective
        ? ': there is room for more.'
        : '.'}
    </>
  );
}

/** What to promise, how sure it is, and how today's promise compares. */
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
        <Figure>90 % probability</Figure>.
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
        <PromisedToday recommendation={recommendation} />
      </>
    );
  }
  return (
    <>
      Promise <Figure>{formatRatio(balanced.objective)} availability</Figure>{' '}
      over {span}. With{' '}
      <Figure>
        {formatProbabilityInWords(balanced.attainment)} probability
      </Figure>{' '}
      the next window keeps it:{' '}
      <Quantity>{formatMinutes(balanced.budgetMinutes)}</Quantity>, or{' '}
      <Quantity>
        {formatQuantity(
          wholeRequests(balanced.budgetRequests),
          'failed request',
        )}
      </Quantity>
      , of budget.
      <PromisedToday recommendation={recommendation} />
    </>
  );
}
