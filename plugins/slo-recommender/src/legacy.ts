/**
 * SLO Recommender for the old frontend system of Backstage.
 *
 * @packageDocumentation
 */
import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  createRouteRef,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { SloRecommenderClient } from 'backstage-plugin-slo-recommender-common';
import { sloRecommenderApiRef } from './api';
import { loadCard, tabs } from './extensions';
import { rootRouteRef } from './routes';

export { sloRecommenderApiRef } from './api';
export { isSloRecommenderAvailable } from './entity/kinds';

/** @public */
export const sloRecommenderPlugin = createPlugin({
  id: 'slo-recommender',
  apis: [
    createApiFactory({
      api: sloRecommenderApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new SloRecommenderClient(deps),
    }),
  ],
  routes: { root: rootRouteRef },
});

/**
 * The fleet page.
 *
 * @public
 */
export const SloRecommenderPage = sloRecommenderPlugin.provide(
  createRoutableExtension({
    name: 'SloRecommenderPage',
    component: () => import('./fleet').then(m => m.LegacyFleetPage),
    mountPoint: rootRouteRef,
  }),
);

function entityContent(
  name: string,
  { path, load }: (typeof tabs)[keyof typeof tabs],
) {
  return sloRecommenderPlugin.provide(
    createRoutableExtension({
      name,
      component: load,
      mountPoint: createRouteRef({ id: `slo-recommender:${path.slice(1)}` }),
    }),
  );
}

/**
 * The SLO tab of an entity page.
 *
 * @public
 */
export const EntitySloContent = entityContent('EntitySloContent', tabs.slo);

/**
 * The Error budget tab of an entity page.
 *
 * @public
 */
export const EntityErrorBudgetContent = entityContent(
  'EntityErrorBudgetContent',
  tabs.errorBudget,
);

/**
 * The Dependencies tab of an entity page.
 *
 * @public
 */
export const EntitySloDependenciesContent = entityContent(
  'EntitySloDependenciesContent',
  tabs.dependencies,
);

/**
 * The card on the overview of an entity page.
 *
 * @public
 */
export const EntitySloCard = sloRecommenderPlugin.provide(
  createComponentExtension({
    name: 'EntitySloCard',
    component: { lazy: loadCard },
  }),
);
