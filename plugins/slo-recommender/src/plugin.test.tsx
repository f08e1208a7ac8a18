import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import {
  createExtensionTester,
  renderInTestApp,
  renderTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import { catalogApiRef, EntityProvider } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import plugin, { sloRecommenderApiRef } from '.';
import { backendWith, checkoutEntity, entityRoutes } from './__testUtils__';

describe('the plugin in the new frontend system', () => {
  it('has the fleet page at /slo-recommender', async () => {
    renderTestApp({
      features: [plugin],
      initialRouteEntries: ['/slo-recommender'],
      mountedRoutes: entityRoutes,
      apis: [
        [sloRecommenderApiRef, backendWith()],
        [catalogApiRef, catalogApiMock()],
      ],
    });
    expect(
      await screen.findByRole('link', { name: 'Checkout' }),
    ).toBeInTheDocument();
  });

  it('brings the router of its page along', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
    // only in development does the framework warn of a page that relies on its own router
    const environment = jest.replaceProperty(process, 'env', {
      ...process.env,
      NODE_ENV: 'development',
    });
    try {
      renderTestApp({
        features: [plugin],
        initialRouteEntries: ['/slo-recommender/calibration'],
        mountedRoutes: entityRoutes,
        apis: [
          [sloRecommenderApiRef, backendWith()],
          [catalogApiRef, catalogApiMock()],
        ],
      });
      expect(
        await screen.findByRole('link', { name: 'Calibration' }),
      ).toHaveAttribute('aria-current', 'page');
      expect(warn).not.toHaveBeenCalledWith(
        expect.stringContaining('implicit React Router'),
      );
    } finally {
      environment.restore();
      warn.mockRestore();
    }
  });

  it.each([
    ['entity-content:slo-recommender/slo', /^Promise\b/],
    ['entity-content:slo-recommender/error-budget', /of the budget is left/],
    ['entity-content:slo-recommender/dependencies', /^checkout calls/],
    ['entity-card:slo-recommender/slo', 'promised over 28 days'],
  ] as const)('has %s', async (id, words) => {
    const extension = createExtensionTester(plugin.getExtension(id));
    renderInTestApp(
      <TestApiProvider apis={[[sloRecommenderApiRef, backendWith()]]}>
        <EntityProvider entity={checkoutEntity()}>
          {extension.reactElement()}
        </EntityProvider>
      </TestApiProvider>,
      { mountedRoutes: entityRoutes },
    );
    expect(await screen.findByText(words)).toBeInTheDocument();
  });
});
