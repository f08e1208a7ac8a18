import { useEntity } from '@backstage/plugin-catalog-react';
import {
  RiCloseCircleLine,
  RiHourglassLine,
  RiSearchEyeLine,
} from '@remixicon/react';
import {
  type Recommendation,
  parseServiceAnnotations,
} from 'backstage-plugin-slo-recommender-common';
import { StateCard, AsOfFact, FactList } from '../ui';
import { badName, joinWords } from '../words';
import { LatencySection } from './latency/LatencySection';
import { EvidenceFacts } from './lead/EvidenceFacts';
import { Findings } from './quality/Findings';
import { Explanation } from './why/Explanation';

/** A service that no datasource knows: by which name it was looked for, and what to check. */
function NoTelemetry(props: { recommendation: Recommendation; asOf: string }) {
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

/** A history that cannot carry a number: what is missing or wrong, in the words of the analysis. */
export function NoRecommendation(props: {
  recommendation: Recommendation;
  window: string;
  asOf: string;
  analysisId: string | null;
}) {
  const { recommendation, window, asOf, analysisId } = props;
  const { dataQuality, verdict } = recommendation;
  const invalid = verdict === 'invalid';
  const explanation = (
    <Explanation recommendation={recommendation} analysisId={analysisId} />
  );
  if (recommendation.reasons.some(({ code }) => code === 'no_telemetry')) {
    return (
      <>
        <NoTelemetry recommendation={recommendation} asOf={asOf} />
        {explanation}
      </>
    );
  }
  return (
    <>
      <StateCard
        icon={invalid ? <RiCloseCircleLine /> : <RiHourglassLine />}
        title={
          invalid
            ? 'The SLI itself is wrong: nothing is recommended'
            : 'Not enough data to recommend an objective yet'
        }
      >
        {recommendation.reasons.map(reason => (
          <p key={reason.code}>{reason.message}</p>
        ))}
        <EvidenceFacts quality={dataQuality} asOf={asOf} />
        {dataQuality.failureDefinition && (
          <p>
            What counts as {badName(recommendation.sliType)}:{' '}
            {dataQuality.failureDefinition}
          </p>
        )}
        <Findings findings={dataQuality.findings} />
      </StateCard>
      {!invalid && (
        <LatencySection recommendation={recommendation} window={window} />
      )}
      {explanation}
    </>
  );
}
