import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  DataQualityFinding,
  LatencyProfile,
} from 'backstage-plugin-slo-recommender-common';
import {
  backendWith,
  latencyRecommendation,
  latencyWith,
  recommendation,
  recommendationsWith,
  renderOnEntity,
  spaced,
} from '../../__testUtils__';
import { SloTab } from '../SloTab';
import { FrontierPanel } from './FrontierPanel';
import { LatencyFacts } from './LatencySection';

const { latency } = latencyRecommendation;
if (!latency) throw new Error('The fixture has latencies.');
const profile: LatencyProfile = latency;

const promised = { objective: 0.95, attainment: 0.999, thresholdSeconds: 1 };

describe('the frontier', () => {
  it('is drawn over the histogram, the recommended threshold marked', async () => {
    render(
      <FrontierPanel profile={profile} promised={promised} span="28 days" />,
    );
    const marks = await screen.findByRole('list', {
      name: 'Marked thresholds',
    });
    expect(marks).toHaveTextContent(
      'recommended: 99 % faster than 300 ms, kept with 92 %promised today: 95 % faster than 1 s',
    );
    expect(
      screen.getByText(
        'The fastest threshold at which 99 % are kept with 90 %.',
      ),
    ).toBeInTheDocument();
  });

  it('is a table too', async () => {
    render(<FrontierPanel profile={profile} promised={null} span="28 days" />);
    await userEvent.click(screen.getByRole('radio', { name: 'Table' }));
    const rows = within(screen.getByRole('table')).getAllByRole('row');
    expect(
      rows.map(line =>
        [...line.children].map(({ textContent }) => spaced(textContent).trim()),
      ),
    ).toEqual([
      ['Faster than', 'Achieved', 'Objective', 'Kept with'],
      ['100 ms', '95.2 %', '95 %', '91 %'],
      ['300 ms recommended', '99.31 %', '99 %', '92 %'],
      ['1 s', '99.97 %', 'none', '–'],
    ]);
  });

  it('says where nothing can be measured', () => {
    render(
      <FrontierPanel
        profile={{ ...profile, histogram: [], frontier: [] }}
        promised={null}
        span="28 days"
      />,
    );
    expect(
      screen.getByText(/no boundary at which a threshold could be measured/),
    ).toBeInTheDocument();
  });
});

describe('how fast requests are', () => {
  it('is told as exactly as the histogram can say', () => {
    render(<LatencyFacts profile={profile} />);
    for (const [quantile, words] of [
      ['p50', 'below 100 ms'],
      ['p99', 'between 100 ms and 300 ms'],
      ['p99.99', 'above 1 s'],
    ]) {
      expect(screen.getByText(quantile).nextSibling).toHaveTextContent(words);
    }
  });

  it('comes with the boundaries that are missing, and with both kinds of requests', () => {
    render(
      <LatencyFacts
        profile={{
          ...profile,
          bucketAdvice: {
            addSeconds: [0.2],
            message: 'No boundary lies near p99.',
          },
          bimodal: {
            boundarySeconds: 1,
            slowShare: 0.003,
            message: 'Cold starts take 4 s.',
          },
        }}
      />,
    );
    expect(screen.getByText('No boundary lies near p99.')).toBeInTheDocument();
    expect(screen.getByLabelText('boundaries in seconds')).toHaveTextContent(
      '[0.1, 0.2, 0.3, 1]',
    );
    expect(screen.getByText('Cold starts take 4 s.')).toBeInTheDocument();
  });
});

describe('the tab', () => {
  const show = (backend = backendWith(), path = '/?sli=latency') =>
    renderOnEntity(<SloTab />, backend, undefined, path);

  it('opens on latency by a link to it', async () => {
    await show(backendWith({ getRecommendations: async () => latencyWith() }));
    expect(
      await screen.findByText('99 % of requests faster than 300 ms'),
    ).toBeInTheDocument();
    expect(screen.getByRole('tab', { name: 'Latency' })).toHaveAttribute(
      'aria-selected',
      'true',
    );
  });

  it('goes from availability to latency', async () => {
    await show(
      backendWith({ getRecommendations: async () => latencyWith() }),
      '/',
    );
    expect(await screen.findByText('99.9 % availability')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('tab', { name: 'Latency' }));
    expect(
      await screen.findByText('99 % of requests faster than 300 ms'),
    ).toBeInTheDocument();
  });

  it('says what would measure latencies where nothing does', async () => {
    await show();
    expect(
      await screen.findByText('No latencies are measured'),
    ).toBeInTheDocument();
    expect(screen.getByLabelText('collector configuration')).toHaveTextContent(
      /spanmetrics/,
    );
  });

  it.each(['no_measurable_threshold', 'no_recent_latencies'])(
    'says why measured latencies have no objective: %s',
    async code => {
      const finding: DataQualityFinding = {
        code,
        severity: 'warning',
        message: 'All requests are faster than the first boundary, 1 s.',
        fix: 'Add boundaries below 1 s.',
        snippet: null,
        gain: null,
      };
      await show(
        backendWith({
          getRecommendations: async () =>
            recommendationsWith({
              dataQuality: {
                ...recommendation.dataQuality,
                findings: [finding],
              },
            }),
        }),
      );
      const title = await screen.findByText(
        'Latencies are measured, but no objective can be told',
      );
      expect(title.parentElement).toHaveTextContent(
        'All requests are faster than the first boundary, 1 s.Fix: Add boundaries below 1 s.',
      );
      expect(screen.queryByText(/found no histogram/)).not.toBeInTheDocument();
    },
  );

  it('shows what is known of latencies where it is not enough for an objective', async () => {
    await show(
      backendWith({
        getRecommendations: async () =>
          latencyWith({
            verdict: 'insufficient',
            predicted: null,
            reasons: [{ code: 'short', message: 'Enough on 17 Dec 2026.' }],
          }),
      }),
    );
    expect(
      await screen.findByText('Enough on 17 Dec 2026.'),
    ).toBeInTheDocument();
    expect(screen.getByText('How fast requests are')).toBeInTheDocument();
  });
});
