import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  dependenciesResponseSchema,
  servicesResponseSchema,
} from 'backstage-plugin-slo-recommender-common';
import {
  AS_OF,
  CHECKOUT,
  checkout,
  payment,
  silent,
  describeOnDatabases,
} from '../__testUtils__/shop';

jest.setTimeout(120_000);

describeOnDatabases('what a reader may see', ({ start }) => {
  it('shows a reader only the entities that the catalog shows to that reader', async () => {
    const visible = catalogServiceMock({ entities: [checkout] });
    const all = catalogServiceMock({ entities: [checkout, payment, silent] });
    const { analyse, get } = await start({
      catalog: catalogServiceMock.mock({
        streamEntities: (request, options) =>
          all.streamEntities(request, options),
        getEntitiesByRefs: async (request, options) =>
          options &&
          'credentials' in options &&
          JSON.stringify(options.credentials.principal).includes('"user"')
            ? visible.getEntitiesByRefs(request)
            : all.getEntitiesByRefs(request),
      }).factory,
      overrides: [
        mockServices.permissions.mock({
          authorize: async () => [{ result: AuthorizeResult.ALLOW }],
          authorizeConditional: async () => [
            {
              result: AuthorizeResult.CONDITIONAL,
              pluginId: 'catalog',
              resourceType: 'catalog-entity',
              conditions: {
                rule: 'IS_ENTITY_OWNER',
                resourceType: 'catalog-entity',
                params: {},
              },
            },
          ],
        }).factory,
      ],
    });
    await analyse({ asOf: AS_OF });
    const { items, totalItems } = servicesResponseSchema.parse(
      (await get('/services')).body,
    );
    expect(items.map(({ title }) => title)).toEqual(['Checkout']);
    expect(totalItems).toBe(1);
    const { nodes, edges, hiddenNodes } = dependenciesResponseSchema.parse(
      (await get(`${CHECKOUT}/dependencies`)).body,
    );
    expect(nodes).toHaveLength(1);
    expect(edges).toEqual([]);
    expect(hiddenNodes).toBe(1);
    for (const path of [
      '',
      '/slo-recommendations',
      '/error-budget-breakdown',
      '/dependencies',
    ]) {
      await get(`/services/component/default/payment${path}`).expect(404);
    }
  });

  it('refuses an analysis to those who lack the permission', async () => {
    const { post } = await start({
      overrides: [
        mockServices.permissions.mock({
          authorize: async () => [{ result: AuthorizeResult.DENY }],
        }).factory,
      ],
    });
    const { status } = await post('/analyze', {});
    expect(status).toBe(403);
  });
});
