import { operations } from 'backstage-plugin-slo-recommender-common';
import { defineRoute } from '../kernel/http/route';
import type { ServicesReader } from '../read';

export const servicesRoutes = (services: ServicesReader) => [
  defineRoute(operations.getServices, ({ query, credentials }) =>
    services.list(query, credentials),
  ),
  defineRoute(operations.getService, ({ service }) => services.get(service)),
];
