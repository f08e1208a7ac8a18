import type { Recommendation } from 'backstage-plugin-slo-recommender-common';
import type { ReactNode } from 'react';
import { Quantity } from '../../pieces';
import {
  formatKnownWindow,
  formatProbabilityInWords,
  formatRatioBounds,
} from '../../words';
import { promiseBounds } from '../promiseBounds';

/** What is known of a promise whose probability is not: bounds from the histogram where its threshold is no boundary. */
export function UnmeasuredPromise(props: {
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
