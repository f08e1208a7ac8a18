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
import { loadCard, tabs } from './extensions';
import { FLEET_PATH, rootRouteRef } from './routes';

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
      factory: deps => new SloRecommenderClient(deps),
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

/** A tab of an entity page. */
function entityContent<const Name extends string>(
  name: Name,
  { load, ...params }: (typeof tabs)[keyof typeof tabs],
) {
  return EntityContentBlueprint.make({
    name,
    params: {
      ...params,
      group: 'observability',
      filter: isSloRecommenderAvailable,
      loader: async () => {
        const Tab = await load();
        return (
          <PageRouter>
            <Tab />
          </PageRouter>
        );
      },
    },
  });
}

const sloCard = EntityCardBlueprint.make({
  name: 'slo',
  params: {
    type: 'info',
    filter: mayShowCard,
    loader: async () => {
      const Card = await loadCard();
      return <Card />;
    },
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
    entityContent('slo', tabs.slo),
    entityContent('error-budget', tabs.errorBudget),
    entityContent('dependencies', tabs.dependencies),
    sloCard,
  ],
});
