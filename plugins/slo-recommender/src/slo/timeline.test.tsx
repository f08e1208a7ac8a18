import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Exclusion } from 'backstage-plugin-slo-recommender-common';
import {
  AS_OF,
  backendWith,
  latencyWith,
  recommendationsWith,
  renderOnEntity,
} from '../__testUtils__';
import { SloTab } from './SloTab';

const exclusion: Exclusion = {
  id: 'migration',
  from: '2026-11-20T02:00:00.000Z',
  to: '2026-11-20T05:00:00.000Z',
  reason: 'Planned migration',
  owner: 'user:default/guest',
  createdAt: AS_OF,
  withdrawn: null,
};

const excluding = (shown: Exclusion) => async (entityRef: string) => ({
  entityRef,
  exclusions: [shown],
  cap: 0.1,
});

it('asks what happened once for chart and panels, also for the other SLI', async () => {
  const backend = backendWith({
    getRecommendations: async () => latencyWith(),
  });
  await renderOnEntity(<SloTab />, backend);
  expect(await screen.findByText(/^Every hour counts/)).toBeInTheDocument();
  await userEvent.click(screen.getByRole('tab', { name: 'Latency' }));
  expect(await screen.findByText(/^Every hour counts/)).toBeInTheDocument();
  for (const question of [
    backend.getService,
    backend.getStatus,
    backend.getRecommendations,
    backend.getEvents,
    backend.getExclusions,
  ]) {
    expect(question).toHaveBeenCalledTimes(1);
  }
});

it('shows in the chart at once what is changed in the panel', async () => {
  const backend = backendWith({
    getExclusions: excluding(exclusion),
    withdrawExclusion: async () => exclusion,
  });
  await renderOnEntity(<SloTab />, backend);
  expect(await screen.findByText('hours left out')).toBeInTheDocument();
  backend.getExclusions.mockImplementation(
    excluding({
      ...exclusion,
      withdrawn: { by: 'user:default/guest', at: AS_OF },
    }),
  );
  await userEvent.click(
    screen.getByRole('button', { name: /^Withdraw the exclusion/ }),
  );
  await userEvent.click(
    within(await screen.findByRole('dialog')).getByRole('button', {
      name: 'Withdraw',
    }),
  );
  await waitFor(() =>
    expect(screen.queryByText('hours left out')).not.toBeInTheDocument(),
  );
});

it('asks nothing of what happened where there is nothing to promise', async () => {
  const backend = backendWith({
    getRecommendations: async () =>
      recommendationsWith({ verdict: 'insufficient', predicted: null }),
  });
  await renderOnEntity(<SloTab />, backend);
  expect(
    await screen.findByText('Not enough data to recommend an objective yet'),
  ).toBeInTheDocument();
  expect(backend.getEvents).not.toHaveBeenCalled();
  expect(backend.getExclusions).not.toHaveBeenCalled();
});
