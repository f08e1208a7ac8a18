import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import {
  isOptedIn,
  parseServiceAnnotations,
  type ServiceAnnotations,
  type SloRecommenderApi,
  type StatusResponse,
} from 'backstage-plugin-slo-recommender-common';
import { useEffect, useMemo } from 'react';
import { sloRecommenderApiRef } from '../api';
import {
  isNotFound,
  type Resource,
  useAnalysisFinished,
  useResource,
  useStatus,
} from '../data';

interface ServiceAnswer<T> {
  annotations: ServiceAnnotations;
  /** Undefined while it hangs on the backend's opt-in mode and that is not known. */
  optedIn: boolean | undefined;
  status: Resource<StatusResponse>;
  answer: Resource<T>;
}

/**
 * Asks the backend about one entity, once it is known to take part, and again whenever an analysis has finished.
 *
 * @param question - names what is asked, for example `recommendations`
 */
export function useServiceAnswer<T extends { asOf: string | null }>(
  entity: Entity,
  question: string,
  load: (api: SloRecommenderApi, entityRef: string) => Promise<T>,
): ServiceAnswer<T> {
  const api = useApi(sloRecommenderApiRef);
  const status = useStatus();
  const annotations = useMemo(() => parseServiceAnnotations(entity), [entity]);
  const optedIn =
    annotations.enabled ??
    (status.data && isOptedIn(entity, status.data.optIn));

  const entityRef = stringifyEntityRef(entity);
  const answer = useResource(
    `${question} ${entityRef}`,
    optedIn ? () => load(api, entityRef) : null,
  );

  const { reload } = answer;
  useAnalysisFinished(status.data, reload);

  const awaited =
    isNotFound(answer.error) || (answer.data && answer.data.asOf === null);
  useEffect(() => {
    if (awaited) reload();
  }, [awaited, status.data, reload]);

  return { annotations, optedIn, status, answer };
}
