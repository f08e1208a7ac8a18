import { convertLegacyRouteRef } from '@backstage/core-compat-api';
import { ReactRouterV6PageRouter } from '@backstage/frontend-adapter-react-router-v6';
import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
  routeResolutionApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { RiFocus2Line } from '@remixicon/react';
import { SloRecommenderClient } from 'backstage-plugin-slo-recommender-common';
import type { ReactNode } from 'react';
import { sloRecommenderApiRef } from './api';
import { isSloRecommenderAvailable, mayShowCard } from './entity/kinds';
import {
  DEPENDENCIES_TAB_PATH,
  ERROR_BUDGET_TAB_PATH,
  FLEET_PATH,
  rootRouteRef,
  SLO_TAB_PATH,
} from './routes';

/** Renders a page that uses React Router. Before 1.57 every page has that router already, and the adapter fails there. */
function PageRouter(props: { children: ReactNode }) {
  const { children } = props;
  return 'resolvePath' in useApi(routeResolutionApiRef) ? (
    <ReactRouterV6PageRouter>{children}</ReactRouterV6PageRouter>
  ) : (
    <>{children}</>
  );
}

const client = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: sloRecommenderApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: ({ discoveryApi, fetchApi }) =>
        new SloRecommenderClient({ discoveryApi, fetchApi }),
    }),
});

const fleetPage = PageBlueprint.make({
  params: {
    path: FLEET_PATH,
    title: 'SLOs',
    icon: <RiFocus2Line fontSize="inherit" />,
    routeRef: convertLegacyRouteRef(rootRouteRef),
    loader: () =>
      import('./fleet').then(m => (
        <PageRouter>
          <m.FleetPage />
        </PageRouter>
      )),
  },
});

const sloContent = EntityContentBlueprint.make({
  name: 'slo',
  params: {
    path: SLO_TAB_PATH,
    title: 'SLO',
    group: 'observability',
    filter: isSloRecommenderAvailable,
    loader: () =>
      import('./slo').then(m => (
        <PageRouter>
          <m.SloTab />
        </PageRouter>
      )),
  },
});

const errorBudgetContent = EntityContentBlueprint.make({
  name: 'error-budget',
  params: {
    path: ERROR_BUDGET_TAB_PATH,
    title: 'Error budget',
    group: 'observability',
    filter: isSloRecommenderAvailable,
    loader: () => import('./budget').then(m => <m.ErrorBudgetTab />),
  },
});

const dependenciesContent = EntityContentBlueprint.make({
  name: 'dependencies',
  params: {
    path: DEPENDENCIES_TAB_PATH,
    title: 'Dependencies',
    group: 'observability',
    filter: isSloRecommenderAvailable,
    loader: () =>
      import('./dependencies').then(m => (
        <PageRouter>
          <m.DependenciesTab />
        </PageRouter>
      )),
  },
});

const sloCard = EntityCardBlueprint.make({
  name: 'slo',
  params: {
    type: 'info',
    filter: mayShowCard,
    loader: () => import('./card').then(m => <m.SloCard />),
  },
});

/**
 * SLO Recommender for the new frontend system: fleet page, three tabs and a card on the entity page.
 *
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'slo-recommender',
  title: 'SLOs',
  icon: <RiFocus2Line />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: convertLegacyRouteRef(rootRouteRef) },
  extensions: [
    client,
    fleetPage,
    sloContent,
    errorBudgetContent,
    dependenciesContent,
    sloCard,
  ],
});
