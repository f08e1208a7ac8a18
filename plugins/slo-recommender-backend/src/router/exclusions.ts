import { operations } from 'backstage-plugin-slo-recommender-common';
import { defineRoute } from '../kernel/http/route';
import type { ExclusionsReader } from '../read';

export const exclusionsRoutes = (exclusions: ExclusionsReader) => [
  defineRoute(operations.getExclusions, ({ service }) =>
    exclusions.list(service.entityRef),
  ),
  defineRoute(operations.exclude, ({ service, body, caller }) =>
    exclusions.add(service, body, caller),
  ),
  defineRoute(operations.withdrawExclusion, ({ service, id, caller }) =>
    exclusions.withdraw(service.entityRef, id, caller),
  ),
];
