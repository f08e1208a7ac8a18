import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import { Route, Routes } from 'react-router-dom';
import {
  EntityErrorBudgetContent,
  EntitySloCard,
  EntitySloContent,
  EntitySloDependenciesContent,
  SloRecommenderPage,
  sloRecommenderPlugin,
} from './legacy';
import {
  backendWith,
  checkoutEntity,
  renderInPortal,
  renderOnEntity,
} from './__testUtils__';

describe('the plugin in the old frontend system', () => {
  it('brings its own client', () => {
    expect(
      [...sloRecommenderPlugin.getApis()].map(({ api }) => api.id),
    ).toEqual(['plugin.slo-recommender.client']);
  });

  it('has the fleet page', async () => {
    await renderInPortal(
      <Routes>
        <Route path="/slo-recommender/*" element={<SloRecommenderPage />} />
      </Routes>,
      backendWith(),
      '/slo-recommender',
    );
    expect(
      await screen.findByRole('link', { name: 'Checkout' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('heading', { name: 'SLOs' })).toBeInTheDocument();
  });

  it.each([
    ['the SLO tab', EntitySloContent, /^Promise\b/],
    ['the Error budget tab', EntityErrorBudgetContent, /of the budget is left/],
    ['the Dependencies tab', EntitySloDependenciesContent, /^checkout calls/],
  ])('has %s', async (_, Content, words) => {
    await renderInPortal(
      <EntityProvider entity={checkoutEntity()}>
        <Routes>
          <Route path="/tab" element={<Content />} />
        </Routes>
      </EntityProvider>,
      backendWith(),
      '/tab',
    );
    expect(await screen.findByText(words)).toBeInTheDocument();
  });

  it('has the card', async () => {
    await renderOnEntity(<EntitySloCard />, backendWith());
    expect(
      await screen.findByText('promised over 28 days'),
    ).toBeInTheDocument();
  });
});
