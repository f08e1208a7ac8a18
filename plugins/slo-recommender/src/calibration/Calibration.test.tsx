import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { FleetCalibrationResponse } from 'backstage-plugin-slo-recommender-common';
import {
  activeAnalysis,
  backendWith,
  calibration,
  datasource,
  noCalibration,
  refusal,
  renderInPortal,
  status,
} from '../__testUtils__';
import { Calibration } from './Calibration';

const answering = (changes: Partial<FleetCalibrationResponse> = {}) =>
  backendWith({
    getFleetCalibration: async () => ({ ...calibration, ...changes }),
  });

const show = (backend = answering(), path = '/') =>
  renderInPortal(<Calibration />, backend, path);

describe('the first sentence', () => {
  it('says how many of the windows predicted to keep did', async () => {
    await show();
    expect(await screen.findByText(/^Of/)).toHaveTextContent(
      'Of 7,412 past windows predicted to keep with 90 %, 90.4 % did.',
    );
    expect(screen.getByText(/replayed: each is predicted/)).toHaveTextContent(
      'from what was known before it began',
    );
    const basis = within(
      screen.getByRole('list', { name: 'Basis of the calibration' }),
    );
    expect(basis.getByText('calibrated')).toBeInTheDocument();
    expect(
      basis.getByText('7,412 windows of 412 services'),
    ).toBeInTheDocument();
    expect(
      basis.getByText('90 % certain between 89.8 % and 90.9 %'),
    ).toBeInTheDocument();
  });

  it('says first that it is uncalibrated, and why', async () => {
    await show(
      answering({
        state: 'uncalibrated',
        message: 'Only 80 windows could be replayed; 200 are needed.',
        windows: 80,
        coverage: [],
      }),
    );
    expect(
      (await screen.findByText('Not calibrated:')).closest('p'),
    ).toHaveTextContent(
      'Not calibrated: Only 80 windows could be replayed; 200 are needed.',
    );
    expect(screen.getByText('uncalibrated')).toBeInTheDocument();
  });

  it('does not let simulated telemetry pass for measured', async () => {
    await show(
      backendWith({
        getFleetCalibration: async () => calibration,
        getStatus: async () => ({
          ...status,
          datasources: [{ ...datasource, simulated: true }],
        }),
      }),
    );
    expect(
      await screen.findByText('simulated, not measured'),
    ).toBeInTheDocument();
  });
});

describe('the reliability diagram', () => {
  it('has a table with the same numbers', async () => {
    await show();
    await userEvent.click(
      within(
        await screen.findByRole('radiogroup', {
          name: 'Predicted against observed as',
        }),
      ).getByRole('radio', { name: 'Table' }),
    );
    const row = within(await screen.findByRole('row', { name: /97\.2\s%/ }));
    expect(row.getByText('96.8 %')).toBeInTheDocument();
    expect(row.getByText('9,860')).toBeInTheDocument();
    expect(row.getByText('90 % to 100 %')).toBeInTheDocument();
  });
});

describe('the coverage', () => {
  it('marks what is more than five points off in words, and what may be chance', async () => {
    await show();
    const row = async (name: RegExp) =>
      within(await screen.findByRole('row', { name }));
    const thin = await row(/Fewer than 10K/);
    expect(thin.getByText('71 services, 1,208 windows')).toBeInTheDocument();
    expect(thin.getByText('83.2 %')).toBeInTheDocument();
    expect(thin.getByText('broken too often')).toBeInTheDocument();
    expect(
      (await row(/Less than two windows/)).getAllByText('off, may be chance'),
    ).toHaveLength(2);
    const fleet = await row(/All services/);
    expect(fleet.getByText('90.4 %')).toBeInTheDocument();
    expect(fleet.queryByText(/off|often|cautious/)).not.toBeInTheDocument();
  });
});

describe('the PIT histogram', () => {
  it('says what its shape means', async () => {
    await show();
    expect(
      await screen.findByText(/^The bars are about even/),
    ).toBeInTheDocument();
  });

  it('says when predictions are too narrow', async () => {
    await show(
      answering({
        pitHistogram: [
          0.18, 0.12, 0.08, 0.06, 0.06, 0.06, 0.06, 0.08, 0.12, 0.18,
        ],
      }),
    );
    expect(await screen.findByText(/too narrow/)).toBeInTheDocument();
  });
});

describe('the scores', () => {
  it('are explained on focus', async () => {
    await show();
    const scores = within(
      await screen.findByRole('list', { name: 'Scores of past predictions' }),
    );
    for (const value of ['0.0713', '0.042 %', '6.4 %', '9.6 %']) {
      expect(scores.getByText(value)).toBeInTheDocument();
    }
    const button = scores.getByRole('button', {
      name: 'What is meant by brier score',
    });
    // only focus that comes by keyboard opens it
    while (document.activeElement !== button) await userEvent.tab();
    expect(await screen.findByRole('tooltip')).toHaveTextContent(
      /^Mean squared difference/,
    );
  });

  it('say so where they are unknown', async () => {
    await show(answering({ brierScore: null, pinballLoss: null }));
    expect(await screen.findAllByText('Not known yet')).toHaveLength(2);
  });
});

it('shows month by month what was recommended, achieved and kept', async () => {
  await show();
  const row = within(await screen.findByRole('row', { name: /Oct 2026/ }));
  for (const words of ['1,790 windows', '99.8 %', '99.88 %', '88.4 %']) {
    expect(row.getByText(words)).toBeInTheDocument();
  }
});

it('asks for latency, by the switch or by the address', async () => {
  const backend = answering();
  await show(backend);
  await userEvent.click(await screen.findByRole('radio', { name: 'Latency' }));
  expect(backend.getFleetCalibration).toHaveBeenLastCalledWith({
    sliType: 'latency',
  });
});

it('opens at the kind of SLI in the address', async () => {
  const backend = answering();
  await show(backend, '/?sliType=latency');
  expect(backend.getFleetCalibration).toHaveBeenCalledWith({
    sliType: 'latency',
  });
  expect(await screen.findByRole('radio', { name: 'Latency' })).toBeChecked();
});

describe('where there is nothing to show', () => {
  it('waits, and says for what', async () => {
    await show(
      backendWith({ getFleetCalibration: () => new Promise(() => {}) }),
    );
    expect(
      await screen.findByText('Loading the calibration…'),
    ).toBeInTheDocument();
  });

  it('before the first analysis, offers one', async () => {
    const analyze = jest.fn(async () => ({ id: 'next' }));
    await show(
      backendWith({
        getFleetCalibration: async () => noCalibration,
        getStatus: async () => ({ ...status, currentAnalysis: null }),
        analyze,
      }),
    );
    expect(
      await screen.findByText('The fleet waits for its first analysis'),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Analyse now' }));
    expect(analyze).toHaveBeenCalled();
  });

  it('where an analysis has not tested anything, says so', async () => {
    await show(
      backendWith({
        getFleetCalibration: async () => ({
          ...noCalibration,
          sliType: 'latency',
          message: 'No analysis has judged predictions of latency yet.',
        }),
      }),
    );
    expect(
      await screen.findByText('No analysis has tested its predictions yet'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('No analysis has judged predictions of latency yet.'),
    ).toBeInTheDocument();
  });

  it('during an analysis, shows how far it is', async () => {
    await show(
      backendWith({
        getFleetCalibration: async () => noCalibration,
        getStatus: async () => ({
          ...status,
          currentAnalysis: null,
          activeAnalysis,
        }),
      }),
    );
    expect(
      await screen.findByText('An analysis is at work'),
    ).toBeInTheDocument();
  });

  it('with too little history, says why', async () => {
    await show(
      answering({
        ...noCalibration,
        asOf: calibration.asOf,
        message: 'No service has a whole window of history before another.',
      }),
    );
    expect(
      await screen.findByText('No past window can be replayed yet'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(
        'No service has a whole window of history before another.',
      ),
    ).toBeInTheDocument();
  });

  it('says what failed and asks again', async () => {
    const backend = answering();
    backend.getFleetCalibration.mockRejectedValueOnce(
      await refusal(500, 'The database is away'),
    );
    await show(backend);
    expect(await screen.findByText('The database is away')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText(/^Of/)).toBeInTheDocument();
  });
});
