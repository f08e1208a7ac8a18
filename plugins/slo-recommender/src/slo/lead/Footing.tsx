import type { Recommendation } from 'backstage-plugin-slo-recommender-common';
import { formatQuantity, formatShare, formatDate } from '../../words';

/** Says where an answer rests on other services, or has not been tested on this one; nothing where it has. */
export function Footing(props: { recommendation: Recommendation }) {
  const { borrowed, level } = props.recommendation;
  if (borrowed) {
    const { ownWeight, peers, peerGroup, sufficientAt } = borrowed;
    return (
      <>
        {' '}
        This is borrowed: its own data weigh {formatShare(ownWeight)}, the rest
        comes from {formatQuantity(peers, 'peer')}: {peerGroup}.{' '}
        {sufficientAt
          ? `Its own data will suffice from ${formatDate(
              sufficientAt,
            )} if traffic stays as it is.`
          : 'When its own data will suffice cannot be told.'}
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
