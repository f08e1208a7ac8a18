import { operations } from 'backstage-plugin-slo-recommender-common';
import type { Feature } from '../kernel/Feature';
import { defineRoute } from '../kernel/http/route';
import {
  ExclusionsService,
  type ExclusionsServiceOptions,
} from './ExclusionsService';

export { type ActiveExclusion, ExclusionStore } from './ExclusionStore';

/** Hours that do not count, with owner and reason. */
export function createExclusionsFeature(
  options: ExclusionsServiceOptions,
): Feature {
  const exclusions = new ExclusionsService(options);
  return {
    routes: [
      defineRoute(operations.getExclusions, ({ service }) =>
        exclusions.list(service.entityRef),
      ),
      defineRoute(operations.exclude, ({ service, body, caller }) =>
        exclusions.add(service, body, caller),
      ),
      defineRoute(operations.withdrawExclusion, ({ service, id, caller }) =>
        exclusions.withdraw(service.entityRef, id, caller),
      ),
    ],
  };
}
