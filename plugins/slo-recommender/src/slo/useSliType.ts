import {
  ALL_ENVIRONMENTS,
  latencyThresholdOf,
  type Recommendation,
  type SliType,
  sliTypeSchema,
} from 'backstage-plugin-slo-recommender-common';
import { useAddress } from '../data';

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
  const [parameters, write] = useAddress();
  const change = (next: SliType) => {
    const said = next !== 'availability';
    const shown = slos.find(({ sliType }) => said && sliType === next);
    const { slo, environment } = shown ?? {};
    write(
      {
        slo,
        environment: environment === ALL_ENVIRONMENTS ? undefined : environment,
        sli: said && !shown ? next : undefined,
      },
      { replace: true },
    );
  };
  return [sliTypeIn(parameters, slos), change];
}
