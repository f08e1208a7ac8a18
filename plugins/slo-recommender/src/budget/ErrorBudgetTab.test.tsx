import { screen, within } from '@testing-library/react';
import {
  backendWith,
  budget,
  checkoutEntity,
  datasource,
  renderOnEntity,
} from '../__testUtils__';
import { ErrorBudgetTab } from './ErrorBudgetTab';

const text = (element: Element | null) =>
  element?.textContent?.replace(/\s+/g, ' ') ?? '';

const show = (changes: Partial<typeof budget> = {}) =>
  renderOnEntity(
    <ErrorBudgetTab />,
    backendWith({
      getErrorBudget: async () => ({ ...budget, ...changes }),
    }),
  );

const sentence = async () =>
  text(
    (await screen.findByText(/budget is/, { selector: 'strong' })).closest('p'),
  );

describe('the Error budget tab', () => {
  it('says first what is left and until when it lasts', async () => {
    await show();
    expect(await sentence()).toBe(
      '38 % of the budget is left: 15 min of 40 min, or 8,132 of 21,400 failed requests over 28 days. ' +
        'At the pace of the last day it lasts until Tue 24 Nov, 14:00 UTC.',
    );
  });

  it('says that it outlasts the window', async () => {
    await show({ exhaustedAt: null });
    expect(await sentence()).toMatch(
      /At the pace of the last day it outlasts the window\.$/,
    );
  });

  it('says what was overspent', async () => {
    await show({
      remaining: -0.42,
      spent: 1.42,
      badRequests: 30_388,
      exhaustedAt: null,
    });
    expect(await sentence()).toBe(
      'The budget is overspent by 42 % in 28 days. 30,388 requests failed where 21,400 may.',
    );
    expect(screen.getByText('overspent')).toBeInTheDocument();
  });

  it('says so where not even one failed request is allowed', async () => {
    await show({
      remaining: -35.7,
      badRequests: 1,
      budgetRequests: 0.027,
      exhaustedAt: null,
    });
    expect(await sentence()).toBe(
      'The budget is spent 37 times over in 28 days. 1 request failed where not even one may.',
    );
  });

  it('names the objective with its window and source', async () => {
    await show({ objectiveSource: 'recommended' });
    expect(
      await screen.findByText(
        'objective 99.9 % over rolling 28 days, recommended, nothing is promised',
      ),
    ).toBeInTheDocument();
  });

  it('judges each burn rate by its customary threshold, in words', async () => {
    await show();
    const tiles = within(
      await screen.findByRole('list', { name: 'Burn rates' }),
    ).getAllByRole('listitem');
    expect(tiles.map(tile => text(tile))).toEqual([
      'Burn rate, last hour0.8 ×within budgetpage at 14.4 ×',
      'Burn rate, last 6 hours7 ×burningpage at 6 ×',
      'Burn rate, last day2.2 ×faster than eventicket at 3 ×',
      'Burn rate, last 3 days–unknownticket at 1 ×',
    ]);
  });

  it('shows past windows from the oldest to the newest as kept, broken or unknown', async () => {
    await show();
    const panel = (
      await screen.findByRole('heading', { name: 'Past windows' })
    ).closest('article');
    expect(panel).not.toBeNull();
    const windows = within(panel!).getAllByRole('listitem');
    expect(windows.map(past => text(past))).toEqual([
      'unknown–1 Aug – 29 Aug',
      'broken99.81 %29 Aug – 26 Sept',
      'kept99.95 %26 Sept – 24 Oct',
    ]);
  });

  it('says how to promise an objective where there is none', async () => {
    await show({
      objective: null,
      objectiveSource: null,
      remaining: null,
      reasons: [{ code: 'short', message: 'Enough on 9 Dec 2026.' }],
      verdict: 'insufficient',
    });
    expect(
      await screen.findByText('Without an objective there is no error budget'),
    ).toBeInTheDocument();
    expect(
      screen.getByText("slo-recommender.io/availability-objective: '99.9'"),
    ).toBeInTheDocument();
    expect(screen.getByText('Enough on 9 Dec 2026.')).toBeInTheDocument();
  });

  it('shows no number where the SLI is wrong', async () => {
    await show({
      verdict: 'invalid',
      reasons: [{ code: 'stuck', message: 'The ratio is stuck at 0.' }],
    });
    expect(
      await screen.findByText('The ratio is stuck at 0.'),
    ).toBeInTheDocument();
    expect(screen.queryByText(/38 %/)).not.toBeInTheDocument();
    expect(screen.getByText('SLI broken')).toBeInTheDocument();
    expect(
      screen.getByText('99.9 % promised over 28 days'),
    ).toBeInTheDocument();
    expect(screen.queryByText(/simulated/)).not.toBeInTheDocument();
  });

  it('says so where what is spent is unknown', async () => {
    await show({ remaining: null, badRequests: null, spent: null });
    expect(
      await screen.findByText('How much of the budget is spent is unknown'),
    ).toBeInTheDocument();
    expect(screen.getByText('budget unknown')).toBeInTheDocument();
  });

  it('marks what is simulated also where there are no numbers', async () => {
    await show({
      verdict: 'insufficient',
      remaining: null,
      datasource: { ...datasource, simulated: true },
    });
    expect(
      await screen.findByText('simulated, not measured'),
    ).toBeInTheDocument();
    expect(screen.getByText('not enough data')).toBeInTheDocument();
  });

  it('asks nothing of an entity that has not opted in', async () => {
    const backend = backendWith();
    await renderOnEntity(<ErrorBudgetTab />, backend, checkoutEntity({}));
    expect(
      await screen.findByText(
        'This entity has not opted in to SLO recommendations',
      ),
    ).toBeInTheDocument();
    expect(backend.getErrorBudget).not.toHaveBeenCalled();
  });
});
