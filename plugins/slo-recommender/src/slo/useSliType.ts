import {
  type SliType,
  sliTypeSchema,
} from 'backstage-plugin-slo-recommender-common';
import { useSearchParams } from 'react-router-dom';

const PARAMETER = 'sli';

/** Which SLI the tab shows: kept in the address, so that a link shows the same. Availability where it says nothing. */
export function useSliType(): [SliType, (sliType: SliType) => void] {
  const [parameters, setParameters] = useSearchParams();
  const sliType =
    sliTypeSchema.safeParse(parameters.get(PARAMETER)).data ?? 'availability';
  const change = (next: SliType) =>
    setParameters(
      before => {
        const after = new URLSearchParams(before);
        if (next === 'availability') after.delete(PARAMETER);
        else after.set(PARAMETER, next);
        return after;
      },
      { replace: true },
    );
  return [sliType, change];
}
