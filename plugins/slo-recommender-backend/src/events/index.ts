import { operations } from 'backstage-plugin-slo-recommender-common';
import { oldestKept } from '../kernel/config/readSloRecommenderConfig';
import type { Feature, Kernel } from '../kernel/Feature';
import { defineRoute } from '../kernel/http/route';
import { retentionTask } from '../kernel/tasks/retentionTask';
import { EventsService, type EventsServiceOptions } from './EventsService';

export { type EventMark, EventStore } from './EventStore';

/** Deploys, changes of configuration and incidents of services. */
export function createEventsFeature(
  options: EventsServiceOptions & Kernel,
): Feature {
  const events = new EventsService(options);
  return {
    routes: [
      defineRoute(operations.getEvents, ({ service }) =>
        events.list(service.entityRef),
      ),
      defineRoute(operations.reportEvent, ({ service, body, caller }) =>
        events.record(service.entityRef, body, caller),
      ),
    ],
    tasks: [
      retentionTask(
        'events',
        now => options.events.deleteBefore(oldestKept(options.config, now)),
        options,
      ),
    ],
  };
}
