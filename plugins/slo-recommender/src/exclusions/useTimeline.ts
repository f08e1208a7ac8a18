import { useApi } from '@backstage/core-plugin-api';
import type {
  ExclusionsResponse,
  ServiceEventsResponse,
} from 'backstage-plugin-slo-recommender-common';
import { sloRecommenderApiRef } from '../api';
import { type Resource, useResource } from '../data';

/** What was told of a service beside its counts. */
export interface TimelineAnswer {
  events: Resource<ServiceEventsResponse>;
  exclusions: Resource<ExclusionsResponse>;
}

/**
 * Events and exclusions of a service, asked for once for all that shows them.
 *
 * @param wanted - false where nothing would show them: then nothing is asked
 */
export function useTimeline(
  entityRef: string,
  wanted: boolean,
): TimelineAnswer {
  const api = useApi(sloRecommenderApiRef);
  return {
    events: useResource(
      `events ${entityRef}`,
      wanted ? () => api.getEvents(entityRef) : null,
    ),
    exclusions: useResource(
      `exclusions ${entityRef}`,
      wanted ? () => api.getExclusions(entityRef) : null,
    ),
  };
}
