import { operations } from 'backstage-plugin-slo-recommender-common';
import { defineRoute } from '../kernel/http/route';
import type { EventsReader } from '../read';

export const eventsRoutes = (events: EventsReader) => [
  defineRoute(operations.getEvents, ({ service }) =>
    events.list(service.entityRef),
  ),
  defineRoute(operations.reportEvent, ({ service, body, caller }) =>
    events.record(service.entityRef, body, caller),
  ),
];
