import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  activeAnalysis,
  backendWith,
  checkoutEntity,
  datasource,
  recommendation,
  recommendationsWith,
  refusal,
  renderOnEntity,
  status,
} from '../__testUtils__';
import { SloTab } from './SloTab';

const text = (element: Element | null) =>
  element?.textContent?.replace(/\s+/g, ' ') ?? '';

const sentence = async () =>
  text(await screen.findByText(/^Promise over|^No objective considered/));

describe('the SLO tab of a service with a recommendation', () => {
  it('says first what to promise, how sure, and how today’s promise compares', async () => {
    await renderOnEntity(<SloTab />, backendWith());
    expect(await sentence()).toBe(
      'Promise 99.9 % availability over 28 days. With 92 % probability the next window keeps it: ' +
        '40 min, or 21,400 failed requests, of budget. Today’s promise of 99.95 % is kept with 64 % probability.',
    );
  });

  it('names the evidence and its age beside the sentence', async () => {
    await renderOnEntity(<SloTab />, backendWith());
    const evidence = within(
      await screen.findByRole('list', { name: 'Evidence' }),
    );
    expect(evidence.getByText('90 days of data')).toBeInTheDocument();
    expect(evidence.getByText('from eu')).toBeInTheDocument();
    expect(
      evidence.getByText(/as of 21 Nov 2026, 18:00 UTC/),
    ).toBeInTheDocument();
    expect(evidence.queryByText(/simulated/)).not.toBeInTheDocument();
  });

  it('marks simulated numbers', async () => {
    await renderOnEntity(
      <SloTab />,
      backendWith({
        getRecommendations: async () =>
          recommendationsWith({
            dataQuality: { ...recommendation.dataQuality, simulated: true },
          }),
      }),
    );
    expect(
      await screen.findByText('simulated, not measured'),
    ).toBeInTheDocument();
  });

  it('shows flawed data as such, with numbers', async () => {
    await renderOnEntity(
      <SloTab />,
      backendWith({
        getRecommendations: async () =>
          recommendationsWith({
            verdict: 'degraded',
            reasons: [{ code: 'gaps', message: '12 % of the hours are gaps.' }],
          }),
      }),
    );
    expect(
      await screen.findByText('The data behind these numbers has flaws'),
    ).toBeInTheDocument();
    expect(await sentence()).toMatch(/^Promise 99\.9 %/);
  });

  it('shows borrowed numbers with what the own data lack', async () => {
    await renderOnEntity(
      <SloTab />,
      backendWith({
        getRecommendations: async () =>
          recommendationsWith({
            verdict: 'insufficient',
            reasons: [{ code: 'short', message: 'Enough on 9 Dec 2026.' }],
          }),
      }),
    );
    expect(
      await screen.findByText('Not enough data of its own yet'),
    ).toBeInTheDocument();
    expect(await sentence()).toMatch(/^Promise 99\.9 %/);
  });

  it('says which datasource does not answer, and how old the numbers are', async () => {
    await renderOnEntity(
      <SloTab />,
      backendWith({
        getRecommendations: async () =>
          recommendationsWith(
            {},
            {
              datasource: {
                ...datasource,
                state: 'failing',
                message: 'connection refused.',
              },
            },
          ),
      }),
    );
    expect(
      await screen.findByText(
        "Prometheus 'eu' has not answered since 21 Nov 2026, 18:00 UTC",
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText(
        /connection refused\. Shown is the analysis as of 21 Nov 2026, 18:00 UTC/,
      ),
    ).toBeInTheDocument();
  });
});

describe('the SLO tab without a recommendation', () => {
  it('says what is missing and until when', async () => {
    await renderOnEntity(
      <SloTab />,
      backendWith({
        getRecommendations: async () =>
          recommendationsWith({
            verdict: 'insufficient',
            predicted: null,
            reasons: [{ code: 'short', message: 'Enough on 9 Dec 2026.' }],
          }),
      }),
    );
    expect(
      await screen.findByRole('heading', {
        name: 'Not enough data to recommend an objective yet',
      }),
    ).toBeInTheDocument();
    expect(screen.getByText('Enough on 9 Dec 2026.')).toBeInTheDocument();
  });

  it('says by which name it looked for telemetry where it found none', async () => {
    await renderOnEntity(
      <SloTab />,
      backendWith({
        getRecommendations: async () =>
          recommendationsWith({
            verdict: 'insufficient',
            predicted: null,
            reasons: [
              { code: 'no_telemetry', message: 'Check that it is there.' },
            ],
          }),
      }),
    );
    const title = await screen.findByRole('heading', {
      name: 'No telemetry found for this service',
    });
    expect(title.parentElement).toHaveTextContent(
      /Check that it is there\.It was looked for by the name ‘checkout’\./,
    );
    expect(screen.queryByText(/of data$/)).not.toBeInTheDocument();
  });

  it('shows no objective where the SLI is wrong', async () => {
    await renderOnEntity(
      <SloTab />,
      backendWith({
        getRecommendations: async () =>
          recommendationsWith({
            verdict: 'invalid',
            reasons: [{ code: 'stuck', message: 'The ratio is stuck at 0.' }],
          }),
      }),
    );
    expect(
      await screen.findByText('The ratio is stuck at 0.'),
    ).toBeInTheDocument();
    expect(screen.queryByText(/99\.9 %$/)).not.toBeInTheDocument();
  });

  it('gives an entity that has not opted in the annotation to copy', async () => {
    const backend = backendWith();
    const writeText = jest.fn(async () => {});
    const user = userEvent.setup();
    Object.defineProperty(navigator, 'clipboard', {
      value: { writeText },
      configurable: true,
    });
    await renderOnEntity(<SloTab />, backend, checkoutEntity({}));
    await user.click(
      await screen.findByRole('button', { name: 'Copy annotation' }),
    );
    expect(writeText).toHaveBeenCalledWith(
      [
        'apiVersion: backstage.io/v1alpha1',
        'kind: Component',
        'metadata:',
        '  name: checkout',
        '  annotations:',
        "    slo-recommender.io/enabled: 'true'",
      ].join('\n'),
    );
    expect(
      await screen.findByRole('button', { name: 'Copied' }),
    ).toBeInTheDocument();
    expect(backend.getRecommendations).not.toHaveBeenCalled();
  });

  it('takes every component where the installation opts all in', async () => {
    await renderOnEntity(
      <SloTab />,
      backendWith({
        getStatus: async () => ({ ...status, optIn: 'all' as const }),
      }),
      checkoutEntity({}),
    );
    expect(await sentence()).toMatch(/^Promise 99\.9 %/);
  });

  it('says so where the entity opted out', async () => {
    await renderOnEntity(
      <SloTab />,
      backendWith(),
      checkoutEntity({ 'slo-recommender.io/enabled': 'false' }),
    );
    expect(
      await screen.findByText(
        'This entity has opted out of SLO recommendations',
      ),
    ).toBeInTheDocument();
  });

  it('names annotations that cannot be used, also the one that opts in', async () => {
    await renderOnEntity(
      <SloTab />,
      backendWith(),
      checkoutEntity({
        'slo-recommender.io/enabled': 'yes',
        'slo-recommender.io/availability-objective': '99,9',
      }),
    );
    expect(
      await screen.findByText('2 annotations could not be used'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/enabled is "yes", which cannot be used/),
    ).toBeInTheDocument();
    expect(screen.getByText(/for example '99\.9'/)).toBeInTheDocument();
  });

  it('says what it waits for', async () => {
    await renderOnEntity(
      <SloTab />,
      backendWith({ getRecommendations: () => new Promise(() => {}) }),
    );
    expect(screen.getByText('Loading the recommendation…')).toBeInTheDocument();
  });

  it('says how a request failed and tries again', async () => {
    const backend = backendWith();
    backend.getRecommendations.mockRejectedValueOnce(
      await refusal(503, 'The database does not answer'),
    );
    await renderOnEntity(<SloTab />, backend);
    expect(
      await screen.findByText('The recommendation could not be loaded'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/The database does not answer/),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await sentence()).toMatch(/^Promise 99\.9 %/);
  });

  it('offers an analysis where the backend does not know the entity yet', async () => {
    const missing = await refusal(404, 'No such service');
    const backend = backendWith({
      getRecommendations: async () => {
        throw missing;
      },
    });
    await renderOnEntity(<SloTab />, backend);
    expect(
      await screen.findByText(
        'This entity has not been read from the catalog yet',
      ),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Analyse now' }));
    expect(backend.analyze).toHaveBeenCalledTimes(1);
  });
});

describe('while the first analysis is at work', () => {
  afterEach(() => jest.useRealTimers());

  it('shows how far it is, and the result as soon as it is there', async () => {
    jest.useFakeTimers();
    const backend = backendWith({
      getStatus: async () => ({
        ...status,
        currentAnalysis: null,
        activeAnalysis,
      }),
      getRecommendations: async () =>
        recommendationsWith(
          {},
          { asOf: null, analysisId: null, recommendations: [] },
        ),
    });
    await renderOnEntity(<SloTab />, backend);
    expect(
      await screen.findByText('The first analysis is at work'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Analysis at work: reading telemetry, 42 %'),
    ).toBeInTheDocument();
    expect(screen.getByRole('progressbar')).toHaveAttribute('value', '0.42');

    backend.getStatus.mockImplementation(async () => status);
    backend.getRecommendations.mockImplementation(async () =>
      recommendationsWith(),
    );
    await act(async () => {
      await jest.advanceTimersByTimeAsync(2_000);
    });
    await waitFor(async () => expect(await sentence()).toMatch(/^Promise/));
  });
});
