import { useEntity } from '@backstage/plugin-catalog-react';
import { RiSearchEyeLine } from '@remixicon/react';
import {
  parseServiceAnnotations,
  type Recommendation,
} from 'backstage-plugin-slo-recommender-common';
import { AsOfFact, FactList, StateCard } from '../pieces';
import { joinWords } from '../words';
import { Findings } from './quality';

/** Whether nothing at all is known of a service, as against too little. */
export function hasNoTelemetry({
  reasons,
}: Pick<Recommendation, 'reasons'>): boolean {
  return reasons.some(({ code }) => code === 'no_telemetry');
}

/** A service that no datasource knows: by which name it was looked for, and what to check. */
export function NoTelemetry(props: {
  recommendation: Recommendation;
  asOf: string;
}) {
  const { recommendation, asOf } = props;
  const { telemetryNames } = parseServiceAnnotations(useEntity().entity);
  return (
    <StateCard
      icon={<RiSearchEyeLine />}
      title="No telemetry found for this service"
    >
      {recommendation.reasons.map(({ code, message }) => (
        <p key={code}>{message}</p>
      ))}
      <p>
        It was looked for by the name{' '}
        {joinWords(telemetryNames.map(name => `‘${name}’`))}.
      </p>
      <FactList label="Evidence">
        <AsOfFact asOf={asOf} />
      </FactList>
      <Findings findings={recommendation.dataQuality.findings} />
    </StateCard>
  );
}
