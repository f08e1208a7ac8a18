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
import { rootRouteRef } from './routes';

export { sloRecommenderApiRef } from './api';
export { isSloRecommenderAvailable } from './entity/kinds';

const sloRouteRef = createRouteRef({ id: 'slo-recommender:slo' });
const errorBudgetRouteRef = createRouteRef({
  id: 'slo-recommender:error-budget',
});
const dependenciesRouteRef = createRouteRef({
  id: 'slo-recommender:dependencies',
});

/** @public */
export const sloRecommenderPlugin = createPlugin({
  id: 'slo-recommender',
  apis: [
    createApiFactory({
      api: sloRecommenderApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: ({ discoveryApi, fetchApi }) =>
        new SloRecommenderClient({ discoveryApi, fetchApi }),
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

/**
 * The SLO tab of an entity page.
 *
 * @public
 */
export const EntitySloContent = sloRecommenderPlugin.provide(
  createRoutableExtension({
    name: 'EntitySloContent',
    component: () => import('./slo').then(m => m.SloTab),
    mountPoint: sloRouteRef,
  }),
);

/**
 * The Error budget tab of an entity page.
 *
 * @public
 */
export const EntityErrorBudgetContent = sloRecommenderPlugin.provide(
  createRoutableExtension({
    name: 'EntityErrorBudgetContent',
    component: () => import('./budget').then(m => m.ErrorBudgetTab),
    mountPoint: errorBudgetRouteRef,
  }),
);

/**
 * The Dependencies tab of an entity page.
 *
 * @public
 */
export const EntitySloDependenciesContent = sloRecommenderPlugin.provide(
  createRoutableExtension({
    name: 'EntitySloDependenciesContent',
    component: () => import('./dependencies').then(m => m.DependenciesTab),
    mountPoint: dependenciesRouteRef,
  }),
);

/**
 * The card on the overview of an entity page.
 *
 * @public
 */
export const EntitySloCard = sloRecommenderPlugin.provide(
  createComponentExtension({
    name: 'EntitySloCard',
    component: { lazy: () => import('./card').then(m => m.SloCard) },
  }),
);
