import type { Entity } from '@backstage/catalog-model';
import { discoveryApiRef } from '@backstage/core-plugin-api';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import type { SloRecommenderApi } from 'backstage-plugin-slo-recommender-common';
import type { ReactElement } from 'react';
import { sloRecommenderApiRef } from '../api';
import { rootRouteRef } from '../routes';

export const entityRoutes = {
  '/catalog/:namespace/:kind/:name': entityRouteRef,
};

/** A Component named checkout, opted in unless said otherwise. */
export function checkoutEntity(
  annotations: Record<string, string> = {
    'slo-recommender.io/enabled': 'true',
  },
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'checkout', namespace: 'default', annotations },
    spec: { type: 'service', owner: 'ordering', lifecycle: 'production' },
  };
}

/** Renders something as a portal would, in front of a backend. */
export function renderInPortal(
  element: ReactElement,
  backend: SloRecommenderApi,
  path = '/',
) {
  return renderInTestApp(
    <TestApiProvider
      apis={[
        [sloRecommenderApiRef, backend],
        [catalogApiRef, catalogApiMock()],
        [permissionApiRef, mockApis.permission()],
        [discoveryApiRef, mockApis.discovery()],
      ]}
    >
      {element}
    </TestApiProvider>,
    {
      mountedRoutes: { ...entityRoutes, '/slo-recommender': rootRouteRef },
      routeEntries: [path],
    },
  );
}

/** The same on the page of an entity. */
export function renderOnEntity(
  element: ReactElement,
  backend: SloRecommenderApi,
  entity: Entity = checkoutEntity(),
  path = '/',
) {
  return renderInPortal(
    <EntityProvider entity={entity}>{element}</EntityProvider>,
    backend,
    path,
  );
}
