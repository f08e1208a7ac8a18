import {
  ALL_ENVIRONMENTS,
  latencyThresholdOf,
  type Recommendation,
  type SliType,
  sliTypeSchema,
} from 'backstage-plugin-slo-recommender-common';
import { useSearchParams } from 'react-router-dom';

type Slo = Pick<Recommendation, 'slo' | 'environment' | 'sliType'>;

/** SLI type of the SLO in an address; also reads `sli=latency`, as addresses were before SLOs had names. */
function sliTypeIn(parameters: URLSearchParams, slos: readonly Slo[]): SliType {
  const slo = parameters.get('slo');
  const environment = parameters.get('environment') ?? ALL_ENVIRONMENTS;
  const known = slos.find(
    one => one.slo === slo && one.environment === environment,
  );
  if (known) return known.sliType;
  // the recommended threshold may have changed since the link was made
  if (slo && latencyThresholdOf(slo) !== undefined) return 'latency';
  return sliTypeSchema.safeParse(parameters.get('sli')).data ?? 'availability';
}

/** SLI type that the tab shows. The address names the SLO, so that a link opens the same one; it is short for availability. */
export function useSliType(
  slos: readonly Slo[],
): [SliType, (sliType: SliType) => void] {
  const [parameters, setParameters] = useSearchParams();
  const change = (next: SliType) =>
    setParameters(
      before => {
        const after = new URLSearchParams(before);
        ['slo', 'environment', 'sli'].forEach(name => after.delete(name));
        if (next === 'availability') return after;
        const shown = slos.find(({ sliType }) => sliType === next);
        if (!shown) after.set('sli', next);
        else {
          after.set('slo', shown.slo);
          if (shown.environment !== ALL_ENVIRONMENTS) {
            after.set('environment', shown.environment);
          }
        }
        return after;
      },
      { replace: true },
    );
  return [sliTypeIn(parameters, slos), change];
}
