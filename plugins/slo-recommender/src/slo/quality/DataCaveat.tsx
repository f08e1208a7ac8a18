import { Alert } from '@backstage/ui';
import type { Recommendation } from 'backstage-plugin-slo-recommender-common';

/** Says first where the data behind the numbers are flawed, or too few to stand alone; nothing where they are fine. */
export function DataCaveat(props: {
  recommendation: Pick<Recommendation, 'verdict' | 'reasons'>;
}) {
  const { verdict, reasons } = props.recommendation;
  if (verdict === 'ok') return null;
  return (
    <Alert
      status="warning"
      icon
      title={
        verdict === 'insufficient'
          ? 'Its own data do not suffice yet'
          : 'The data behind these numbers has flaws'
      }
      description={reasons.map(reason => reason.message).join(' ')}
    />
  );
}
