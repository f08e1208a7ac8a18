import { render, screen } from '@testing-library/react';
import type { CalibrationSummary } from 'backstage-plugin-slo-recommender-common';
import userEvent from '@testing-library/user-event';
import { recommendation } from '../../__testUtils__';
import { Explanation } from './Explanation';

it('tells why, how it was tested, and where it comes from, when asked', async () => {
  render(<Explanation recommendation={recommendation} analysisId="first" />);
  const why = screen.getByRole('button', { name: 'Why this recommendation' });
  expect(why).toHaveAttribute('aria-expanded', 'false');
  await userEvent.click(why);
  expect(why).toHaveAttribute('aria-expanded', 'true');
  for (const words of [
    'Of 4 past windows the recommendation held in 3.',
    'Of 480 past windows of 61 services (1 M to 100 M requests a window, 56 days of history or more), ' +
      '76 % kept what was predicted with 75 % (72 % to 80 %) and 91 % kept what was predicted with 90 % (88 % to 93 %).',
    '9f2c41d07be5',
    '0.4.0',
    'sum(increase(calls_total[1h]))',
  ]) {
    expect(screen.getByText(words)).toBeVisible();
  }
});

it.each<[string, Partial<CalibrationSummary>, RegExp]>([
  [
    'too few past windows are there to test on',
    { state: 'uncalibrated', coverage: [] },
    /^Too few past windows .* err on the wide side\.$/,
  ],
  [
    'nothing came since to test on',
    { coverage: [] },
    /no window has come since to test that on\.$/,
  ],
  [
    'the probabilities did not hold',
    { state: 'uncalibrated' },
    /prefer the conservative tier\.$/,
  ],
])('says where %s', (_, changes, expected) => {
  const { calibration } = recommendation;
  render(
    <Explanation
      recommendation={{
        ...recommendation,
        calibration: calibration && { ...calibration, ...changes },
      }}
      analysisId={null}
    />,
  );
  expect(screen.getByText(expected)).toBeInTheDocument();
});

it('is nothing where there is nothing to tell', () => {
  const { container } = render(
    <Explanation
      recommendation={{
        ...recommendation,
        explanation: [],
        calibration: null,
        provenance: null,
      }}
      analysisId={null}
    />,
  );
  expect(container).toBeEmptyDOMElement();
});
