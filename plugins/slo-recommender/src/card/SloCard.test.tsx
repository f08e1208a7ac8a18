import { screen, waitFor } from '@testing-library/react';
import {
  backendWith,
  budget,
  checkoutEntity,
  datasource,
  refusal,
  renderOnEntity,
} from '../__testUtils__';
import { SloCard, sparklinePoints } from './SloCard';

describe('the overview card', () => {
  it('shows objective, what is left, its course and one sentence, and leads to the tabs', async () => {
    await renderOnEntity(<SloCard />, backendWith());
    expect(await screen.findByText('99.9 %')).toBeInTheDocument();
    expect(screen.getByText('promised over 28 days')).toBeInTheDocument();
    expect(screen.getByText('38 % left')).toBeInTheDocument();
    expect(
      screen.getByRole('img', {
        name: /^Budget over the last 28 days: 38\s% left at the end$/,
      }),
    ).toBeInTheDocument();
    expect(
      screen.getByText(
        'At the pace of the last day the budget lasts until Tue 24 Nov, 14:00 UTC.',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Recommendation' }),
    ).toHaveAttribute('href', '/catalog/default/component/checkout/slo');
    expect(screen.getByRole('link', { name: 'Error budget' })).toHaveAttribute(
      'href',
      '/catalog/default/component/checkout/error-budget',
    );
  });

  it('is not there on an entity that has not opted in', async () => {
    const backend = backendWith();
    await renderOnEntity(<SloCard />, backend, checkoutEntity({}));
    await waitFor(() => expect(backend.getStatus).toHaveBeenCalled());
    expect(screen.queryByText('SLO')).not.toBeInTheDocument();
  });

  it('says why there are no numbers', async () => {
    await renderOnEntity(
      <SloCard />,
      backendWith({
        getErrorBudget: async () => ({
          ...budget,
          verdict: 'insufficient' as const,
          remaining: null,
          datasource: { ...datasource, simulated: true },
          reasons: [{ code: 'short', message: 'Enough on 9 Dec 2026.' }],
        }),
      }),
    );
    expect(
      await screen.findByText('Enough on 9 Dec 2026.'),
    ).toBeInTheDocument();
    for (const words of [
      'not enough data',
      '99.9 % promised over 28 days',
      'simulated, not measured',
    ]) {
      expect(screen.getByText(words)).toBeInTheDocument();
    }
  });

  it('says how often a budget was spent', async () => {
    await renderOnEntity(
      <SloCard />,
      backendWith({
        getErrorBudget: async () => ({ ...budget, remaining: -35.7 }),
      }),
    );
    const figure = await screen.findByText('spent 37 times over');
    expect(figure.nextSibling).toHaveTextContent(/^error budget$/);
  });

  it('says how a request failed', async () => {
    const failure = await refusal(503, 'no database');
    await renderOnEntity(
      <SloCard />,
      backendWith({
        getErrorBudget: async () => {
          throw failure;
        },
      }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The error budget could not be loaded: no database',
    );
  });
});

it('draws the values known, and keeps overspending within the picture', () => {
  expect(sparklinePoints([1, null, -1])).toBe('3.0,3.0 157.0,37.0');
  expect(sparklinePoints([])).toBe('');
});
